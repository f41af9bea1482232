package io.mlops.pipeline.bundle.onnx;

/** Says which part of a bundle no ONNX operator computes. */
final class NotInOnnx extends Exception {
    private static final long serialVersionUID = 1L;

    NotInOnnx(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
