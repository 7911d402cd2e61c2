package dev.snowgate.console.policy.ui;

import com.vaadin.flow.component.UI;

/** The way to the page Policies. */
public final class PolicyNavigation {
    private PolicyNavigation() {}

    /** Opens the version in force. */
    public static void open(UI ui) {
        ui.navigate("policies");
    }

    /** Address of a version, relative to the console. */
    public static String address(long version) {
        return "policies/" + version;
    }
}
