package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.CharLevels;
import io.mlops.pipeline.data.TargetChoice;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.Column;

/** Reads the cells of the target, and says of each what is wrong with it. */
final class TargetParser implements ColumnParser {
    private final ColumnParser cells;
    private final TargetChoice target;
    private final Set<String> labels;
    private final CharLevels known = new CharLevels();
    private boolean[] accepted = new boolean[16];
    private int judged;
    private Reject.@Nullable Reason problem;

    TargetParser(ColumnParser cells, TargetChoice target) {
        this.cells = cells;
        this.target = target;
        this.labels = Set.copyOf(target.labels());
    }

    /** What is wrong with the cell that was read last, if anything is. */
    Reject.@Nullable Reason problem() {
        return problem;
    }

    @Override
    public boolean parse(int row, char[] buffer, int offset, int length) {
        boolean parsed = cells.parse(row, buffer, offset, length);
        if (!parsed) {
            problem = Reject.Reason.TARGET_NOT_A_NUMBER;
        } else if (!target.labels().isEmpty() && !isLabel(buffer, offset, length)) {
            problem = Reject.Reason.TARGET_UNKNOWN;
        } else {
            problem = null;
        }
        if (problem != null) {
            cells.missing(row);
        }
        return problem == null;
    }

    private boolean isLabel(char[] buffer, int offset, int length) {
        int code = known.code(buffer, offset, length);
        if (code == judged) {
            if (judged == accepted.length) {
                accepted = java.util.Arrays.copyOf(accepted, judged * 2);
            }
            accepted[judged++] = labels.contains(Cells.canonicalLabel(buffer, offset, length));
        }
        return accepted[code];
    }

    @Override
    public void missing(int row) {
        cells.missing(row);
        problem = Reject.Reason.TARGET_MISSING;
    }

    @Override
    public Column<?> take(int rows) {
        known.nextChunk();
        judged = 0;
        return cells.take(rows);
    }
}
