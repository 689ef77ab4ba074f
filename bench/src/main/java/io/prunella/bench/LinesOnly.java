package io.prunella.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The peer of {@link SimulateRun}: takes every line apart and does nothing with it. */
public final class LinesOnly {
    private LinesOnly() {}

    /** Takes the recording. */
    public static void main(String[] arguments) throws IOException {
        JsonFactory json = new JsonFactory();
        double sum = 0;
        long texts = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
                    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                            sum += parser.getDoubleValue();
                        } else if (token == JsonToken.VALUE_STRING) {
                            texts += parser.getString().length();
                        }
                    }
                }
            }
        }
        System.out.println(sum + " " + texts);
    }
}
