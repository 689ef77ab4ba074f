package io.prunella.control.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what goes wrong outside a handler into problem details, so that no client ever gets a page of HTML. */
@RestControllerAdvice
class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** A handler's own refusal. */
    @SuppressWarnings("serial")
    static final class Refused extends RuntimeException {
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(Refused refused, HttpServletRequest request) {
        return refused.problem.answer(request.getRequestURI());
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<byte[]> unknownPath(HttpServletRequest request) {
        return Problem.of(404, "unknown-path", "Unknown path", "nothing is at `" + request.getRequestURI() + "`",
                "`/openapi.json` lists what there is").answer(request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(InvalidParameterException bad, HttpServletRequest request) {
        return Problem.of(400, "bad-parameter", "Bad parameter", "a parameter of the request cannot be read",
                "write parameters as UTF-8, and other characters as `%` with two digits each")
                .answer(request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongMethod(HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
        String[] supported = wrong.getSupportedMethods();
        List<String> allowed = supported == null ? List.of() : Arrays.stream(supported).sorted().toList();
        return Problem.of(405, "wrong-method", "Wrong method",
                "`" + request.getRequestURI() + "` does not take `" + wrong.getMethod() + "`",
                "use " + String.join(" or ", allowed)).header("Allow", String.join(", ", allowed))
                .answer(request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unexpected(Exception unexpected, HttpServletRequest request) {
        LOG.error("a request to `{}` failed", request.getRequestURI(), unexpected);
        return Problem.of(500, "internal", "Internal error", "the service made a mistake while answering",
                "the service's log says which; please report it").answer(request.getRequestURI());
    }
}
