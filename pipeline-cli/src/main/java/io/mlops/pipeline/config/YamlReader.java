package io.mlops.pipeline.config;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one yaml document into {@link Value}s that know their line; aliases are expanded up to a limit. */
final class YamlReader {
    /** More than any real configuration has; a bomb of nested aliases stops here. */
    private static final int MOST_VALUES = 100_000;

    private static final int DEEPEST = 32;
    private static final int MOST_BYTES = 5_000_000;

    private final String name;
    private final Problems problems;
    private int values;

    private YamlReader(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /** Reads a file that holds a mapping. */
    static Value.Mapping read(Path file, Problems problems) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw PipelineException.usage(
                        file + ": larger than " + MOST_BYTES / 1_000_000 + " MB; is this really a configuration?");
            }
            return parse(file.toString(), Files.readString(file), problems);
        } catch (NoSuchFileException e) {
            throw PipelineException.usage(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw PipelineException.usage(file + ": not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw PipelineException.usage(file + ": cannot be read: " + e.getMessage());
        }
    }

    static Value.Mapping parse(String name, String text, Problems problems) {
        Value value = parseAny(name, text, problems);
        if (value instanceof Value.Mapping mapping) {
            return mapping;
        }
        if (value instanceof Value.Scalar scalar && scalar.text() == null) {
            return new Value.Mapping(name, Map.of());
        }
        throw PipelineException.usage(value.where() + ": expected keys and values, such as 'data:'");
    }

    static Value parseAny(String name, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MOST_BYTES)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            refuseDeepNesting(name, text, settings);
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? new Value.Scalar(name, null)
                    : new YamlReader(name, problems).convert(root.get(), 0);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> name + ":" + (mark.getLine() + 1))
                    .orElse(name);
            throw PipelineException.usage(where + ": not valid yaml: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw PipelineException.usage(name + ": not valid yaml: " + e.getMessage());
        }
    }

    /** Composing nodes is recursive, so depth has to be looked at before; events come one after the other. */
    private static void refuseDeepNesting(String name, String text, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                String line = event.getStartMark()
                        .map(mark -> ":" + (mark.getLine() + 1))
                        .orElse("");
                throw PipelineException.usage(name + line + ": nested more than " + DEEPEST
                        + " levels deep, which no configuration is; is a bracket never closed?");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private Value convert(Node node, int depth) {
        String where = node.getStartMark()
                .map(mark -> name + ":" + (mark.getLine() + 1))
                .orElse(name);
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw PipelineException.usage(where + ": too many or too deeply nested values; remove the aliases");
        }
        if (node instanceof ScalarNode scalar) {
            return new Value.Scalar(where, scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            List<Value> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new Value.Sequence(where, items);
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    problems.add(where, "a key must be a word");
                } else if (entries.put(key.getValue(), convert(entry.getValueNode(), depth + 1)) != null) {
                    problems.add(where, "the key '" + key.getValue() + "' stands here twice");
                }
            }
            return new Value.Mapping(where, entries);
        }
        throw PipelineException.usage(where + ": an alias without an anchor");
    }
}
