package dev.snowgate.console.command;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs one command in a context without a web server and gives its exit code. */
public final class CommandRun {
    private CommandRun() {}

    /** The exit code: 0 done, 2 wrong use, 3 refused, 4 a fault. Results go to standard output, reasons to standard error. */
    public static int run(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.setLogStartupInfo(false);
        spring.setAdditionalProfiles("command");
        spring.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = spring.run(arguments)) {
            return context.getBean(Commands.class).run(System.out, System.err);
        } catch (RuntimeException fault) {
            System.err.println("The command could not start: " + reason(fault));
            return Commands.FAULT;
        }
    }

    private static String reason(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }
}
