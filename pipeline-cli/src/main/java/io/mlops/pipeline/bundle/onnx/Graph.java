package io.mlops.pipeline.bundle.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX graph that grows node by node; each method gives the name of what it added. */
final class Graph {
    static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    static final int LONG = TensorProto.DataType.INT64.getNumber();
    static final int TEXT = TensorProto.DataType.STRING.getNumber();
    static final int DOUBLE = TensorProto.DataType.DOUBLE.getNumber();

    private static final int OPSET = 17;
    private static final int ML_OPSET = 3;
    private static final int IR = 8;
    private static final String ML = "ai.onnx.ml";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> taken;
    private final Map<ByteString, String> constants = new LinkedHashMap<>();
    private int names;

    /** @param inputs the names that the columns have */
    Graph(List<String> inputs) {
        taken = new HashSet<>(inputs);
    }

    /** One of the columns. */
    void input(String name, int type) {
        graph.addInput(value(name, type, 1));
    }

    /**
     * What comes out.
     *
     * @param columns how many numbers a row has; 0 for one without a dimension of its own
     */
    void output(String name, String from, int type, int columns) {
        String free = name;
        while (!taken.add(free)) {
            free += "_";
        }
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(free));
        graph.addOutput(value(free, type, columns));
    }

    private static ValueInfoProto value(String name, int type, int columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
        if (columns > 0) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    byte[] bytes(String name) {
        return ModelProto.newBuilder()
                .setIrVersion(IR)
                .setProducerName("mlops")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET))
                .setGraph(graph.setName(name))
                .build()
                .toByteArray();
    }

    String node(String operator, String... inputs) {
        return add(NodeProto.newBuilder().setOpType(operator).addAllInput(Arrays.asList(inputs)));
    }

    private String add(NodeProto.Builder node) {
        String name = fresh();
        graph.addNode(node.addOutput(name));
        return name;
    }

    private String fresh() {
        String name;
        do {
            name = "t" + names++;
        } while (!taken.add(name));
        return name;
    }

    String cast(String from, int type) {
        return add(NodeProto.newBuilder().setOpType("Cast").addInput(from).addAttribute(integer("to", type)));
    }

    /** Side by side. */
    String concat(List<String> columns) {
        return add(
                NodeProto.newBuilder().setOpType("Concat").addAllInput(columns).addAttribute(integer("axis", 1)));
    }

    /** The place of the largest number of a row. */
    String argMax(String from) {
        return add(NodeProto.newBuilder()
                .setOpType("ArgMax")
                .addInput(from)
                .addAttribute(integer("axis", 1))
                .addAttribute(integer("keepdims", 0)));
    }

    /** The largest number of each row. */
    String max(String from) {
        return add(
                NodeProto.newBuilder().setOpType("ReduceMax").addInput(from).addAttribute(integers("axes", new long[] {1
                })));
    }

    String transposed(String from) {
        return node("Transpose", from);
    }

    /** The sum of each row. */
    String sum(String from) {
        return node("ReduceSum", from, longs(1));
    }

    /** Some neighbouring columns. */
    String columns(String from, long start, long end) {
        return node("Slice", from, longs(start), longs(end), longs(1));
    }

    String column(String from, long place) {
        return columns(from, place, place + 1);
    }

    /** Columns by their places. */
    String chosenColumns(String from, long... places) {
        return add(NodeProto.newBuilder()
                .setOpType("Gather")
                .addInput(from)
                .addInput(longs(places))
                .addAttribute(integer("axis", 1)));
    }

    /** The last number along the third dimension, of so many. */
    String last(String from, int count) {
        return add(NodeProto.newBuilder()
                .setOpType("Gather")
                .addInput(from)
                .addInput(whole(count - 1L))
                .addAttribute(integer("axis", 2)));
    }

    /** Rows of numbers as rows of one table, by the places in one column. */
    String lookUp(String table, String places) {
        return node("Gather", table, node("Squeeze", places, longs(1)));
    }

    /** Each row of a column of words as the word's place in a list, or another number. */
    String places(String words, List<String> list, long other) {
        long[] numbers = new long[list.size()];
        Arrays.setAll(numbers, i -> i);
        AttributeProto.Builder keys =
                AttributeProto.newBuilder().setName("keys_strings").setType(AttributeType.STRINGS);
        list.forEach(word -> keys.addStrings(ByteString.copyFrom(word, StandardCharsets.UTF_8)));
        return add(NodeProto.newBuilder()
                .setDomain(ML)
                .setOpType("LabelEncoder")
                .addInput(words)
                .addAttribute(keys)
                .addAttribute(integers("values_int64s", numbers))
                .addAttribute(integer("default_int64", other)));
    }

    /** The leaf that each tree gives a row. */
    String leaves(String features, Map<String, Object> attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setDomain(ML)
                .setOpType("TreeEnsembleRegressor")
                .addInput(features);
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        return add(node);
    }

    private static AttributeProto attribute(String name, Object value) {
        if (value instanceof long[] longs) {
            return integers(name, longs);
        }
        if (value instanceof float[] floats) {
            AttributeProto.Builder built =
                    AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
            for (float each : floats) {
                built.addFloats(each);
            }
            return built.build();
        }
        if (value instanceof List<?> texts) {
            AttributeProto.Builder built =
                    AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
            texts.forEach(each -> built.addStrings(ByteString.copyFromUtf8(String.valueOf(each))));
            return built.build();
        }
        return integer(name, (long) value);
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long[] values) {
        AttributeProto.Builder built = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long each : values) {
            built.addInts(each);
        }
        return built.build();
    }

    private String constant(TensorProto.Builder tensor) {
        return constants.computeIfAbsent(tensor.build().toByteString(), same -> {
            String name = fresh();
            graph.addInitializer(tensor.setName(name));
            return name;
        });
    }

    String longs(long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(LONG).addDims(values.length);
        for (long each : values) {
            tensor.addInt64Data(each);
        }
        return constant(tensor);
    }

    /** One whole number, without a dimension. */
    String whole(long value) {
        return constant(TensorProto.newBuilder().setDataType(LONG).addInt64Data(value));
    }

    String doubles(double... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(DOUBLE).addDims(values.length);
        for (double each : values) {
            tensor.addDoubleData(each);
        }
        return constant(tensor);
    }

    /** A table of numbers, row by row. */
    String table(double[][] rows) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(DOUBLE)
                .addDims(rows.length)
                .addDims(rows[0].length);
        for (double[] row : rows) {
            for (double each : row) {
                tensor.addDoubleData(each);
            }
        }
        return constant(tensor);
    }

    String floats(float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(FLOAT).addDims(values.length);
        for (float each : values) {
            tensor.addFloatData(each);
        }
        return constant(tensor);
    }

    String texts(List<String> values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TEXT).addDims(values.size());
        values.forEach(each -> tensor.addStringData(ByteString.copyFrom(each, StandardCharsets.UTF_8)));
        return constant(tensor);
    }
}
