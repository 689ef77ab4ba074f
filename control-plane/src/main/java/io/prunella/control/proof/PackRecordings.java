package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.RecordingReader;
import io.prunella.ruler.recording.SeriesNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Recordings that lie in a pack's folder; nothing outside of it is read. */
public final class PackRecordings implements TestRunner.RecordingSource {

    @Override
    public List<Observation> read(PackModel pack, String path, Consumer<String> problems) {
        Path folder = Path.of(pack.folder()).normalize();
        Path file = folder.resolve(path).normalize();
        if (pack.folder().isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            problems.accept("there is no recording `" + path + "` in the pack's folder");
            return List.of();
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                problems.accept("`" + path + "` leads outside the pack's folder");
                return List.of();
            }
            return records(file, path, problems);
        } catch (IOException e) {
            problems.accept("`" + path + "` cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private static List<Observation> records(Path file, String path, Consumer<String> problems) throws IOException {
        List<Series> series = new ArrayList<>();
        SeriesNumbers numbers = (entity, metric, labels) -> {
            series.add(new Series(entity, metric, Map.copyOf(labels)));
            return series.size() - 1;
        };
        List<Observation> records = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(path, Files.newInputStream(file), numbers)) {
            while (reader.next()) {
                if (reader.isSample()) {
                    Series of = series.get(reader.series());
                    records.add(new Observation.Sample(reader.ts(), of.entity(), of.metric(), of.labels(),
                            reader.value()));
                } else {
                    records.add(reader.observation().orElseThrow());
                }
            }
            reader.report().problems().forEach(p -> problems.accept(p.toString()));
        }
        return records;
    }

    private record Series(String entity, String metric, Map<String, String> labels) {}
}
