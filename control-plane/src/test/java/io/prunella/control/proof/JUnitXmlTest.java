package io.prunella.control.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.proof.TestReport.Failure;
import io.prunella.control.proof.TestReport.TestResult;
import io.prunella.dsl.ast.Span;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitXmlTest {
    private static final Span SPAN = new Span(0, 1, 7, 3);

    @Test
    void aPackThatDoesNotCompileIsAnErrorAndNoGreenFile() throws Exception {
        String written = JUnitXml.write(new TestReport(List.of()),
                List.of(new JUnitXml.Broken("packs/a", "error[DL104]: expected a value after `>`")));
        Element suites = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        assertThat(suites.getAttribute("errors")).isEqualTo("1");
        Element suite = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("packs/a");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("error").item(0).getTextContent()).contains("DL104");
    }

    @Test
    void everyTestIsACaseAndHostileTextStaysText() throws Exception {
        String hostile = "a<b>&\"'\u0000\u001b[31m ]]> \n second";
        TestReport report = new TestReport(List.of(new TestResult("tests/a.dl", "passes", SPAN, List.of(), 12),
                new TestResult("tests/a.dl", hostile, SPAN,
                        List.of(new Failure(SPAN, hostile, List.of("  " + hostile))), 1_500),
                new TestResult("tests/b.dl", "passes too", SPAN, List.of(), 0)));

        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitXml.write(report).getBytes(StandardCharsets.UTF_8)));

        assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("3");
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        Element failed = (Element) xml.getElementsByTagName("testcase").item(1);
        String shown = hostile.replace('\u0000', '\uFFFD').replace('\u001b', '\uFFFD');
        assertThat(failed.getAttribute("name")).isEqualTo(shown);
        assertThat(failed.getAttribute("time")).isEqualTo("1.500");
        assertThat(failed.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("tests/a.dl:7:3\n  " + shown);
    }
}
