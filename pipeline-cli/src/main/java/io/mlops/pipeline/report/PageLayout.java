package io.mlops.pipeline.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The order of a report's sections. */
final class PageLayout {
    private static final List<Function<ReportModel, Optional<Section>>> SECTIONS = List.of(
            MetricSection::of,
            DataSection::of,
            FeatureSection::of,
            ExplanationSection::of,
            SelectionSection::of,
            TrainingSection::of,
            LeaderboardSection::of,
            LatencySection::of,
            RankingSection::of,
            DecisionSection::of,
            ResidualSection::of,
            CoverageSection::of,
            SliceSection::of,
            TimingSection::of,
            ProvenanceSection::of);

    private PageLayout() {}

    static Page of(ReportModel model) {
        List<Section> sections = SECTIONS.stream()
                .map(each -> each.apply(model))
                .flatMap(Optional::stream)
                .toList();
        return Summary.page(model, sections);
    }

    /** A section of the blocks that there are; none where there are none. */
    static Optional<Section> section(String id, String title, String sentence, Stream<? extends Block> blocks) {
        List<? extends Block> present = blocks.toList();
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(id, title, sentence, List.copyOf(present)));
    }
}
