package io.mlops.pipeline.model.ensemble;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.WeightedContributions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several models whose answers are blended into one, by default into their weighted mean; saved as one folder for each and an
 * {@code ensemble.json}.
 */
public final class EnsembleModel implements TrainedModel {
    /** The name under which a bundle keeps one. */
    public static final String NAME = "ensemble";

    private static final String INDEX = "ensemble.json";

    private final List<Member> members;
    private final Blend blend;
    private final int outputs;

    /**
     * One model of it.
     *
     * @param model what it is
     * @param names what it calls its features
     * @param columns the columns of the matrix that are these features
     * @param weight its share; see {@link Blend}
     */
    public record Member(TrainedModel model, List<String> names, int[] columns, double weight) {
        public Member {
            names = List.copyOf(names);
            if (names.size() != columns.length) {
                throw new IllegalArgumentException(names.size() + " features are not " + columns.length + " columns");
            }
        }
    }

    /**
     * The {@code ensemble.json}: which folder holds which family, what it reads and what it weighs.
     *
     * @param blend as a word; null is the mean
     * @param intercepts of the blend; null is none
     */
    record Index(@Nullable String blend, double @Nullable [] intercepts, List<Entry> members) {
        Index {
            members = List.copyOf(members);
        }

        static Index of(Blend blend, List<Entry> members) {
            return new Index(blend.kind().name().toLowerCase(Locale.ROOT), blend.intercepts(), members);
        }

        /** How the members are blended, for so many outputs; empty where that is not known. */
        Optional<Blend> blending(int outputs) {
            String word = blend == null ? "mean" : blend;
            double[] numbers = intercepts == null ? new double[0] : intercepts;
            return Arrays.stream(Blend.Kind.values())
                    .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word)
                            && numbers.length == (kind == Blend.Kind.MEAN ? 0 : outputs))
                    .map(kind -> new Blend(kind, numbers))
                    .findFirst();
        }

        /** One member. */
        record Entry(String folder, String learner, List<String> features, int[] columns, double weight) {
            Entry {
                features = List.copyOf(features);
            }

            /** Whether it is a folder of this one and reads columns that there are. */
            boolean fits(int width) {
                return folder.matches("[0-9]+")
                        && features.size() == columns.length
                        && Arrays.stream(columns).allMatch(each -> each >= 0 && each < width);
            }

            /** The features of the matrix under the names that the member gave them. */
            List<Feature> read(List<Feature> all) {
                return IntStream.range(0, columns.length)
                        .mapToObj(i -> {
                            Feature feature = all.get(columns[i]);
                            return new Feature(
                                    features.get(i), feature.source(), feature.levels(), feature.indicator());
                        })
                        .toList();
            }
        }
    }

    /** Reads one member. */
    public interface Reader {
        /** The model of a family in a folder. */
        TrainedModel load(String learner, Path folder, Target target, List<Feature> features);
    }

    /**
     * Makes the weighted mean of models.
     *
     * @param outputs how many numbers a row gets
     */
    public EnsembleModel(List<Member> members, int outputs) {
        this(members, Blend.mean(), outputs);
    }

    /** Makes one of models that are blended in another way. */
    public EnsembleModel(List<Member> members, Blend blend, int outputs) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble needs a member");
        }
        this.members = List.copyOf(members);
        this.blend = blend;
        this.outputs = outputs;
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param reader reads each member
     * @throws io.mlops.pipeline.PipelineException where a file is missing or damaged
     */
    public static EnsembleModel load(Path folder, Target target, List<Feature> features, Reader reader) {
        Path file = folder.resolve(INDEX);
        Index index = ModelFiles.readJson(file, Index.class);
        List<Member> members = new ArrayList<>();
        for (Index.Entry entry : index.members()) {
            if (!entry.fits(features.size())) {
                throw ModelFiles.damaged(file, "member '" + entry.folder() + "' is not one of this bundle's");
            }
            TrainedModel model =
                    reader.load(entry.learner(), folder.resolve(entry.folder()), target, entry.read(features));
            members.add(new Member(model, entry.features(), entry.columns(), entry.weight()));
        }
        if (members.isEmpty()) {
            throw ModelFiles.damaged(file, "it has no member");
        }
        Blend blend = index.blending(target.outputs())
                .orElseThrow(() -> ModelFiles.damaged(file, "its blend is not one for this target"));
        return new EnsembleModel(members, blend, target.outputs());
    }

    public List<Member> members() {
        return members;
    }

    public Blend blend() {
        return blend;
    }

    @Override
    public String learner() {
        return NAME;
    }

    @Override
    public double[] predict(FeatureMatrix matrix) {
        double[] sums = blend.begin(Math.multiplyExact(matrix.rows(), outputs));
        for (Member member : members) {
            blend.add(sums, member.model().predict(matrix.columns(member.columns())), member.weight());
        }
        blend.finish(sums);
        return sums;
    }

    @Override
    public TrainedModel onOneThread() {
        return new EnsembleModel(
                members.stream()
                        .map(member -> new Member(
                                member.model().onOneThread(), member.names(), member.columns(), member.weight()))
                        .toList(),
                blend,
                outputs);
    }

    @Override
    public Contributions contributions(FeatureMatrix matrix) {
        boolean log = blend.kind() == Blend.Kind.LOG;
        return WeightedContributions.of(
                matrix,
                members.stream()
                        .map(member -> member.model().contributions(matrix.columns(member.columns())))
                        .toList(),
                members.stream().mapToDouble(Member::weight).toArray(),
                log ? Blend::logarithm : DoubleUnaryOperator.identity(),
                blend.begin(outputs),
                log ? Link.SOFTMAX : Link.IDENTITY);
    }

    /** The weighted mean over the members that can say, by the names that they give their features. */
    @Override
    public Map<String, Double> importance() {
        Map<String, Double> sums = new TreeMap<>();
        double total = 0;
        for (Member member : members) {
            Map<String, Double> own = member.model().importance();
            total += own.isEmpty() ? 0 : member.weight();
            if (member.weight() > 0) {
                own.forEach((name, share) -> sums.merge(name, member.weight() * share, Double::sum));
            }
        }
        double all = total;
        sums.replaceAll((name, share) -> share / all);
        return sums;
    }

    @Override
    public void save(Path folder) {
        List<Index.Entry> entries = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Path own = folder.resolve(String.valueOf(i));
            try {
                Files.createDirectory(own);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + own, e);
            }
            member.model().save(own);
            entries.add(new Index.Entry(
                    String.valueOf(i), member.model().learner(), member.names(), member.columns(), member.weight()));
        }
        ModelFiles.writeJson(folder.resolve(INDEX), Index.of(blend, entries));
    }
}
