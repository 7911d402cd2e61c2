package dev.snowgate.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import org.junit.jupiter.api.Test;

class ImportDirectionsTest {
    private static final JavaClasses CONSOLE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.snowgate.console");

    @Test
    void jdbc_stays_in_stores_and_the_one_reader_of_snowflake() {
        noClasses()
                .that(DescribedPredicate.not(storesAndTheirRows()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc..")
                .check(CONSOLE);
    }

    private static DescribedPredicate<JavaClass> storesAndTheirRows() {
        return DescribedPredicate.describe("stores", type -> {
            String name = type.getName();
            int inner = name.indexOf('$');
            return (inner < 0 ? name : name.substring(0, inner)).endsWith("Store");
        });
    }

    @Test
    void views_are_package_private_and_know_no_store() {
        classes()
                .that()
                .areAnnotatedWith(Route.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .bePackagePrivate()
                .check(CONSOLE);
        noClasses()
                .that()
                .resideInAPackage("..ui..")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Store")
                .check(CONSOLE);
    }

    @Test
    void services_know_no_page_and_text_knows_nothing_of_the_console() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.snowgate.console.approval",
                        "dev.snowgate.console.recording",
                        "dev.snowgate.console.policy",
                        "dev.snowgate.console.catalog",
                        "dev.snowgate.console.security")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..ui..", "dev.snowgate.console.shell..")
                .check(CONSOLE);
        noClasses()
                .that()
                .resideInAPackage("dev.snowgate.console.text")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.vaadin..", "org.springframework..")
                .check(CONSOLE);
    }
}
