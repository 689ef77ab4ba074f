package io.prunella.control.serve;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests for other host names, so that no web page can reach the service through a browser on this machine
 * by pointing its own name at the loopback address.
 */
@SuppressWarnings("serial")
final class LoopbackOnly extends HttpFilter {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1",
            "[0:0:0:0:0:0:0:1]");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = request.getServerName();
        if (host == null || !NAMES.contains(host.toLowerCase(Locale.ROOT))) {
            Problem problem = Problem.of(421, "wrong-host", "Wrong host",
                    "the request is for host `" + host + "`, and the service speaks to this machine only",
                    "ask for `127.0.0.1` or `localhost`");
            response.setStatus(problem.status());
            response.setContentType("application/problem+json");
            response.getOutputStream().write(problem.json(request.getRequestURI()));
            return;
        }
        chain.doFilter(request, response);
    }
}
