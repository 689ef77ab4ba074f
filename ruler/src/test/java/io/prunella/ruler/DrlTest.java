package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.drools.DecisionModel;
import io.prunella.compiler.drools.DrlPrinter;
import io.prunella.compiler.drools.UserRule;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.decision.DecisionSession;
import io.prunella.ruler.decision.DrlSessions;
import io.prunella.ruler.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code compile --drl} prints is what decides. */
class DrlTest {

    @TestFactory
    Stream<DynamicTest> printedRulesFireLikeTheModel() throws IOException {
        return Fixtures.packs().stream().map(dl -> DynamicTest.dynamicTest(Fixtures.base(dl),
                () -> assertThat(run(dl, DrlSessions.open())).isEqualTo(run(dl, new DecisionSession()))));
    }

    private static List<String> run(Path dl, DecisionSession session) throws IOException {
        List<String> lines = new ArrayList<>();
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}).with(Fixtures.settings(dl).topology()),
                firing -> lines.add(FiringJson.write(firing, true)), session);
        ruler.load(List.of(Fixtures.pack(dl)));
        for (Path file : Fixtures.recordings(dl)) {
            try (RecordingReader reader = RecordingReader.open(file.toString(), Files.newInputStream(file),
                    ruler::series)) {
                while (reader.next()) {
                    if (reader.isSample()) {
                        ruler.sample(reader.series(), reader.ts(), reader.value());
                    } else {
                        ruler.offer(reader.observation().orElseThrow());
                    }
                }
            }
        }
        ruler.advanceTo(ruler.greatest());
        return lines;
    }

    @Test
    void namesStayNames() {
        PackModel pack = Fixtures.compile("evil.dl", """
                rule "x\\" then System.exit(1); end rule \\"y"
                  when: load > 5
                  then: notify("log", "x")
                """);
        List<UserRule> rules = UserRule.of(List.of(pack));
        assertThat(DrlPrinter.print(rules)).contains("rule \"evil/x_ then System.exit(1); end rule _y\"");
        assertThat(DrlSessions.compile(rules).getKiePackage(DecisionModel.PACKAGE).getRules()).hasSize(5);
    }
}
