package io.mlops.pipeline.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table by name, in order, with the role of each.
 *
 * @param columns what each column must look like, in the order of the table
 * @param roles what each column is used for; one entry for every column
 */
public record TableSchema(Map<String, ColumnSchema> columns, Map<String, Role> roles) {
    public TableSchema {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        if (!columns.keySet().equals(roles.keySet())) {
            throw new IllegalArgumentException(
                    "columns " + columns.keySet() + " and roles " + roles.keySet() + " differ");
        }
    }

    public ColumnSchema column(String name) {
        ColumnSchema column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "' among " + columns.keySet());
        }
        return column;
    }

    public Role role(String name) {
        Role role = roles.get(name);
        if (role == null) {
            throw new IllegalArgumentException("no column '" + name + "' among " + roles.keySet());
        }
        return role;
    }

    /** The names of the columns of a role, in the order of the table. */
    public List<String> names(Role role) {
        List<String> names = new ArrayList<>();
        roles.forEach((name, each) -> {
            if (each == role) {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }

    /** The columns a model may learn from: features, and the time columns. */
    public List<String> inputs() {
        List<String> names = new ArrayList<>();
        roles.forEach((name, each) -> {
            if (each == Role.FEATURE || each == Role.TIME) {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }

    /** This schema without the columns of a role. */
    public TableSchema without(Role role) {
        Map<String, ColumnSchema> keptColumns = new LinkedHashMap<>(columns);
        Map<String, Role> keptRoles = new LinkedHashMap<>(roles);
        names(role).forEach(name -> {
            keptColumns.remove(name);
            keptRoles.remove(name);
        });
        return new TableSchema(keptColumns, keptRoles);
    }

    /** This schema with another column in the place of the one of that name. */
    public TableSchema with(String name, ColumnSchema column) {
        column(name);
        Map<String, ColumnSchema> changed = new LinkedHashMap<>(columns);
        changed.put(name, column);
        return new TableSchema(changed, roles);
    }
}
