package io.mlops.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import io.mlops.pipeline.data.profile.Profile.TextProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnLinesTest {
    @Test
    void saysThatManyDifferentTextsAreEstimated() {
        assertThat(holds(3948)).isEqualTo("about 3,900 different texts");
        assertThat(holds(87)).isEqualTo("87 different texts");
    }

    private static String holds(long distinct) {
        TextProfile texts = new TextProfile(List.of(), 4000, distinct);
        return ColumnLines.of(new ColumnProfile("id", ColumnType.IDENTIFIER, Role.ID, 4000, 0, null, texts))
                .holds();
    }
}
