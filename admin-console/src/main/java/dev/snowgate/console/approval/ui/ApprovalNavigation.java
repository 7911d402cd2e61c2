package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.snowgate.model.approval.ApprovalId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Address of what a person looks at: the request, and the tab and search behind the list if they are not the usual. */
    static Location location(@Nullable ApprovalId id, String tab, String search) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!tab.equals(InboxPanel.WAITING)) {
            parameters.put("tab", tab);
        }
        if (!search.isBlank()) {
            parameters.put("find", search);
        }
        return new Location(id == null ? "approvals" : address(id), QueryParameters.simple(parameters));
    }

    /** A request as it is written in an address; empty for anything else. */
    static Optional<ApprovalId> id(String text) {
        String digits = text.startsWith("A-") ? text.substring(2) : text;
        return digits.matches("[0-9]{1,18}") && Long.parseLong(digits) > 0
                ? Optional.of(new ApprovalId(Long.parseLong(digits)))
                : Optional.empty();
    }
}
