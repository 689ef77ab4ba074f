package io.prunella.control.serve;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Answers what the server refuses before any handler sees it, such as a path that is none, by a problem too. */
final class ProblemPages extends ErrorReportValve {

    /** Puts it in the place of the server's own pages. */
    static final class InPlace implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass("");
                    host.getPipeline().addValve(new ProblemPages());
                }
            });
        }
    }

    @Override
    protected void report(Request request, Response response, Throwable ignored) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = status < 500
                ? Problem.of(status, "bad-request", "Bad request", "the request is not one that can be answered",
                        "`/openapi.json` lists what there is")
                : Problem.of(status, "internal", "Internal error", "the service made a mistake while answering",
                        "please report it");
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(problem.text(String.valueOf(request.getRequestURI())));
                response.finishResponse();
            }
        } catch (IOException _) {
            // Nobody is there any more to be told.
        }
    }
}
