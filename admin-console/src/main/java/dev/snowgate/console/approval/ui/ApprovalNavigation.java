package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.UI;
import dev.snowgate.model.approval.ApprovalId;

/** The way to the page Approvals. */
public final class ApprovalNavigation {
    private ApprovalNavigation() {}

    /** Opens the inbox. */
    public static void open(UI ui) {
        ui.navigate("approvals");
    }

    /** Address of one request, relative to the console. */
    public static String address(ApprovalId id) {
        return "approvals/" + id;
    }
}
