package dev.snowgate.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.text.VisibleText;
import dev.snowgate.policy.PolicyProblem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A policy file to read: keys by weight, comments by grey, problems in a lens under their line. Text nodes only. */
final class YamlText extends Div {
    private static final long serialVersionUID = 1L;
    private static final Pattern KEY = Pattern.compile("^(\\s*(?:- +)?(?:\\{ *)?)([A-Za-z0-9_.*\"-]+)(:.*)$");

    YamlText(String text, List<PolicyProblem> problems) {
        addClassName("sg-yaml");
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", "Policy file");
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            Span code = Parts.span("", "sg-sql");
            fill(code.getElement(), VisibleText.of(lines.get(i)));
            Div line = Parts.div("sg-code", Parts.span(String.valueOf(number), "sg-no"), code);
            line.setId("line-" + number);
            add(line);
            problems.stream().filter(problem -> problem.line() == number).forEach(problem -> {
                line.addClassName("sg-at");
                add(lens(problem));
            });
        }
    }

    private static Div lens(PolicyProblem problem) {
        Div words = new Div(
                Parts.span(problem.message(), "sg-strong"),
                new Span(problem.suggestion().isEmpty() ? "" : " " + problem.suggestion()),
                Parts.span(" column " + problem.column(), "sg-dim"));
        return Parts.div("sg-lens", Shape.TROUBLE.mark(), words);
    }

    private static void fill(Element code, String line) {
        if (line.strip().startsWith("#")) {
            code.appendChild(new Element("i").setText(line));
            return;
        }
        Matcher key = KEY.matcher(line);
        if (!key.matches()) {
            code.setText(line);
            return;
        }
        code.appendChild(
                Element.createText(key.group(1)),
                new Element("b").setText(key.group(2)),
                Element.createText(key.group(3)));
    }
}
