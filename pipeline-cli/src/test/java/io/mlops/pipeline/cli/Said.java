package io.mlops.pipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command answered: its exit code, the JSON object on stdout, and its words on stderr. */
record Said(int code, JsonNode json, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a command in this process; a leading -C stands for the project's folder. */
    static Said by(Path home, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.get(0).equals("-C")) {
            all.remove(0);
            all.addAll(List.of("-C", home.toString()));
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            code = Main.run(all.toArray(new String[0]));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String last = said.toString(StandardCharsets.UTF_8).lines().reduce("{}", (before, line) -> line);
        try {
            return new Said(code, JSON.readTree(last), complained.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("the last line is no JSON: " + last, e);
        }
    }
}
