package dev.snowgate.console.testing;

import dev.snowgate.console.security.Person;
import dev.snowgate.console.security.PersonAuthentication;
import dev.snowgate.model.agent.PersonId;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.test.context.support.WithSecurityContext;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Runs a test as that person with that role. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@WithSecurityContext(factory = WithPerson.Factory.class)
public @interface WithPerson {
    String value() default "mara@acme.example";

    String role() default "APPROVER";

    /** Makes the context. */
    final class Factory implements WithSecurityContextFactory<WithPerson> {
        @Override
        public SecurityContext createSecurityContext(WithPerson with) {
            Set<String> roles = with.role().isEmpty() ? Set.of() : Set.of(with.role());
            return new SecurityContextImpl(new PersonAuthentication(
                    new Person(new PersonId("oidc", with.value()), "Mara Lindqvist", Set.of("approvers"), roles)));
        }
    }
}
