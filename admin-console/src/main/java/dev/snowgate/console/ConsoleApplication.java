package dev.snowgate.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;
import dev.snowgate.console.command.CommandRun;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the console. With {@code --snowgate.command=…} it does one thing without a web server and exits: 0 done, 2 wrong
 * use, 3 refused, 4 a fault.
 */
@SpringBootApplication
@EnableScheduling
@Push
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("console.css")
public class ConsoleApplication implements AppShellConfigurator {
    public static void main(String[] arguments) {
        if (isCommand(arguments)) {
            System.exit(CommandRun.run(ConsoleApplication.class, arguments));
        }
        new SpringApplication(ConsoleApplication.class).run(arguments);
    }

    /** Whether the arguments ask for a command instead of the web console. */
    static boolean isCommand(String... arguments) {
        return Arrays.stream(arguments).anyMatch(argument -> argument.startsWith("--snowgate.command="));
    }

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Snowgate");
        settings.addFavIcon("icon", "favicon.svg", "any");
        settings.setViewport("width=device-width, initial-scale=1");
    }
}
