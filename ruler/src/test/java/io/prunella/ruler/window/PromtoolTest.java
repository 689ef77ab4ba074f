package io.prunella.ruler.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prunella.compiler.rule.ValueTerm.RangeFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function gives what the real promtool gives for the same samples.
 *
 * <p>Samples stand on odd seconds, and windows begin and end on even ones: no sample is on a window's edge, which
 * versions 2 and 3 of Prometheus see differently.
 */
class PromtoolTest {
    private static final int SECONDS = 300;
    private static final int ASKED = 12;
    private static final Pattern ANSWER = Pattern.compile(
            "expr: \"(.*)\", time: (\\S+),\\s+exp: .*\\s+got: (?:nil|\\{[^}]*} (\\S+))");

    @TempDir
    Path folder;

    private record Question(String series, RangeFunction function, double parameter, int window, int at) {
        String expr() {
            String range = series + "[" + window + "s]";
            return switch (function) {
                case AVG, MIN, MAX, SUM, COUNT, STDDEV, LAST ->
                    function.name().toLowerCase(Locale.ROOT) + "_over_time(" + range + ")";
                case QUANTILE -> "quantile_over_time(" + parameter + ", " + range + ")";
                case PREDICT_LINEAR -> "predict_linear(" + range + ", " + parameter + ")";
                case RATE, IRATE, INCREASE, DELTA, IDELTA, DERIV, CHANGES, RESETS ->
                    function.name().toLowerCase(Locale.ROOT) + "(" + range + ")";
            };
        }
    }

    @Test
    void eachFunctionGivesWhatPromtoolGives() throws IOException, InterruptedException {
        Path promtool = Path.of("/usr/bin/promtool");
        boolean there = Files.isExecutable(promtool);
        assertThat(there || !"true".equals(System.getenv("CI"))).as("promtool is installed in CI").isTrue();
        assumeTrue(there, "promtool is not installed");
        Random random = new Random(20261124);
        Map<String, NavigableMap<Long, Double>> series = new LinkedHashMap<>();
        series.put("gauge", samples(random, 0.8, (before, r) -> Math.rint(r.nextGaussian() * 1e6) / 1e4));
        series.put("counter", samples(random, 0.7, (before, r) -> r.nextInt(25) == 0 ? 0.5 : before + r.nextInt(40)));
        series.put("steps", samples(random, 0.3, (before, r) -> r.nextInt(4) == 0 ? r.nextInt(5) : before));
        series.put("rare", samples(random, 0.05, (before, r) -> before + r.nextDouble()));
        List<Question> questions = questions(random, series.keySet());

        Map<String, String> answers = ask(promtool, series, questions);

        int compared = 0;
        for (Question question : questions) {
            Samples samples = inWindow(Objects.requireNonNull(series.get(question.series())), question);
            String answer = answers.get(question.expr() + " @ " + question.at());
            if (samples.size() < RangeFunctions.least(question.function())) {
                assertThat(answer).as(question.toString()).isNull();
            } else if (!cappedElsewhere(question, samples)) {
                double own = new RangeFunctions().of(question.function(), samples, question.window() * 1000L,
                        question.parameter(), question.at() * 1000L);
                assertThat(answer).as(question.toString()).isNotNull();
                double theirs = Double.parseDouble(answer);
                // Version 2 adds up differently: the last bits may differ.
                assertThat(own).as(question.toString()).isCloseTo(theirs,
                        within(1e-9 * Math.max(1, Math.abs(theirs))));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    private interface Next {
        double after(double before, Random random);
    }

    private static NavigableMap<Long, Double> samples(Random random, double density, Next next) {
        TreeMap<Long, Double> samples = new TreeMap<>();
        double value = 1000;
        for (long second = 1; second < SECONDS; second += 2) {
            if (random.nextDouble() < density) {
                value = next.after(value, random);
                samples.put(second * 1000, value);
            }
        }
        return samples;
    }

    private static List<Question> questions(Random random, Iterable<String> series) {
        List<Question> questions = new ArrayList<>();
        for (RangeFunction function : RangeFunction.values()) {
            for (String name : series) {
                for (int i = 0; i < ASKED; i++) {
                    double parameter = switch (function) {
                        case QUANTILE -> List.of(0.0, 0.5, 0.9, 0.99, 1.0).get(random.nextInt(5));
                        case PREDICT_LINEAR -> 60.0 + random.nextInt(600);
                        default -> 0;
                    };
                    questions.add(new Question(name, function, parameter, 2 * (2 + random.nextInt(50)),
                            2 * random.nextInt(SECONDS / 2)));
                }
            }
        }
        return questions;
    }

    private static Samples inWindow(NavigableMap<Long, Double> all, Question question) {
        Samples samples = new Samples();
        all.subMap((question.at() - question.window()) * 1000L, false, question.at() * 1000L, true)
                .forEach(samples::add);
        return samples;
    }

    /** Where version 3 follows a counter back less far than version 2: not to zero, but half a step. */
    private static boolean cappedElsewhere(Question question, Samples s) {
        if (question.function() != RangeFunction.RATE && question.function() != RangeFunction.INCREASE) {
            return false;
        }
        double sampled = (s.ts(s.size() - 1) - s.ts(0)) / 1000.0;
        double step = sampled / (s.size() - 1);
        double toStart = s.ts(0) / 1000.0 - (question.at() - question.window());
        double growth = s.value(s.size() - 1) - s.value(0);
        for (int i = 1; i < s.size(); i++) {
            growth += s.value(i) < s.value(i - 1) ? s.value(i - 1) : 0;
        }
        double toZero = sampled * s.value(0) / growth;
        return growth > 0 && toStart >= step * 1.1 && toZero >= step / 2 && toZero < step * 1.1;
    }

    private Map<String, String> ask(Path promtool, Map<String, NavigableMap<Long, Double>> series,
            List<Question> questions) throws IOException, InterruptedException {
        StringBuilder test = new StringBuilder("""
                rule_files: []
                evaluation_interval: 1s
                tests:
                - interval: 1s
                  input_series:
                """);
        series.forEach((name, samples) -> {
            test.append("  - series: ").append(name).append("\n    values: '");
            for (long second = 0; second < SECONDS; second++) {
                Double value = samples.get(second * 1000);
                test.append(value == null ? "_" : new java.math.BigDecimal(value.toString()).toPlainString())
                        .append(' ');
            }
            test.append("'\n");
        });
        test.append("  promql_expr_test:\n");
        // Whatever it is, it is not this: so promtool tells what it got.
        questions.forEach(q -> test.append("  - expr: ").append(q.expr()).append("\n    eval_time: ").append(q.at())
                .append("s\n    exp_samples: [{labels: 'nobody', value: 12345.678}]\n"));
        Path file = Files.writeString(folder.resolve("test.yml"), test);
        Process process = new ProcessBuilder(promtool.toString(), "test", "rules", file.toString())
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Map<String, String> answers = new LinkedHashMap<>();
        Matcher matcher = ANSWER.matcher(output);
        int found = 0;
        while (matcher.find()) {
            found++;
            if (matcher.group(3) != null) {
                answers.put(matcher.group(1) + " @ " + seconds(matcher.group(2)), matcher.group(3));
            }
        }
        assertThat(found).as(output.substring(0, Math.min(2000, output.length()))).isEqualTo(questions.size());
        return answers;
    }

    private static int seconds(String duration) {
        Matcher parts = Pattern.compile("(?:(\\d+)m)?(?:(\\d+)s)?").matcher(duration);
        assertThat(parts.matches()).as(duration).isTrue();
        return (parts.group(1) == null ? 0 : 60 * Integer.parseInt(parts.group(1)))
                + (parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
    }
}
