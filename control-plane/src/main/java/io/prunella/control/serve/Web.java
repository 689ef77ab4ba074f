package io.prunella.control.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The HTTP server around some controllers; only what it needs of Spring Boot is configured. */
final class Web implements AutoCloseable {
    private final ServletWebServerApplicationContext context;

    /** What Spring Boot configures; nothing is searched for. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
            WebMvcAutoConfiguration.class})
    static class Parts {}

    private Web(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** The port it listens on. */
    int port() {
        return java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param controllers each by its type
     */
    static Web start(String address, int port, String logLevel, Object... controllers) throws StartFailure {
        SpringApplication application = new SpringApplication(Parts.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(environment(address, port, logLevel));
        ApplicationContextInitializer<GenericApplicationContext> beans = c -> {
            for (Object controller : controllers) {
                c.getBeanFactory().registerSingleton(controller.getClass().getName(), controller);
            }
        };
        application.addInitializers(beans);
        try {
            return new Web((ServletWebServerApplicationContext) application.run());
        } catch (RuntimeException e) {
            throw failure(e, address, port);
        }
    }

    private static StartFailure failure(RuntimeException e, String address, int port) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return new StartFailure("port " + port + " of " + address + " is in use",
                        "stop what listens there, or set `server.port` to another");
            }
            if (cause instanceof java.net.BindException || cause instanceof java.net.UnknownHostException) {
                return new StartFailure("cannot listen on " + address + ":" + port + ": " + cause.getMessage(),
                        "set `server.address` to an address of this machine");
            }
        }
        throw e;
    }

    /** Only what stands here: neither files nor variables that Spring would read have a say. */
    private static StandardEnvironment environment(String address, int port, String logLevel) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.config.location", "optional:classpath:/io/prunella/control/serve/spring/");
        settings.put("server.address", address);
        settings.put("server.port", port);
        settings.put("server.shutdown", "graceful");
        settings.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        settings.put("server.server-header", "");
        settings.put("server.tomcat.connection-timeout", "20s");
        settings.put("server.tomcat.max-swallow-size", "-1");
        settings.put("spring.threads.virtual.enabled", "true");
        settings.put("spring.web.resources.add-mappings", "false");
        settings.put("spring.main.lazy-initialization", "true");
        settings.put("logging.config", "classpath:io/prunella/control/serve/logback.xml");
        settings.put("logging.level.io.prunella", logLevel);
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.addFirst(new MapPropertySource("prunella", settings));
        return environment;
    }

    /** Answers what is being answered, then stops. */
    @Override
    public void close() {
        context.close();
    }
}
