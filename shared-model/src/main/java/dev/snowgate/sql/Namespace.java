package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How names are folded and completed in one session, over one catalog. */
record Namespace(SessionContext context, CatalogSnapshot catalog) {
    /** The name as Snowflake stores it. */
    String fold(Name name) {
        return name.quoted() && !context.quotedIdentifiersIgnoreCase()
                ? name.value()
                : name.value().toUpperCase(Locale.ROOT);
    }

    /** The schema object of that name, completed by the session. */
    ObjectName object(List<Name> parts) {
        int at = parts.getFirst().at();
        return switch (parts.size()) {
            case 1 -> new ObjectName(database(at), schema(at), fold(parts.getFirst()));
            case 2 -> new ObjectName(database(at), fold(parts.get(0)), fold(parts.get(1)));
            case 3 ->
                new ObjectName(
                        fold(parts.get(0)),
                        parts.get(1).value().isEmpty() ? "PUBLIC" : fold(parts.get(1)),
                        fold(parts.get(2)));
            default ->
                throw new SyntaxProblem(
                        "name with " + parts.size() + " parts",
                        "The object's name has too many parts.",
                        "Write database.schema.name.",
                        at);
        };
    }

    /** The object that a read by that name finds: the search path in its order, else the current schema. */
    ObjectName lookup(List<Name> parts) {
        if (parts.size() != 1) {
            return object(parts);
        }
        String name = fold(parts.getFirst());
        for (String schema : context.searchPath()) {
            Optional<ObjectName> candidate = inSearchPath(schema, name);
            // in a schema of which nothing is known there may be one of that name
            if (candidate.filter(c -> isThere(c) || !isCatalogued(c)).isPresent()) {
                return candidate.get();
            }
        }
        return object(parts);
    }

    /** Whether the catalog knows anything of the schema that the name is in. */
    private boolean isCatalogued(ObjectName name) {
        return catalog.objects().stream()
                .map(CatalogObject::name)
                .anyMatch(other -> other.database().equals(name.database())
                        && other.schema().equals(name.schema()));
    }

    private Optional<ObjectName> inSearchPath(String schema, String name) {
        String[] parts = schema.replace("\"", "").split("\\.", -1);
        Optional<String> database = parts.length == 2 ? Optional.of(parts[0]) : context.database();
        String last = parts[parts.length - 1].strip().toUpperCase(Locale.ROOT);
        Optional<String> schemaName =
                last.equals("$CURRENT") ? context.schema() : Optional.of(last.equals("$PUBLIC") ? "PUBLIC" : last);
        if (database.isEmpty() || schemaName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ObjectName(database.get().strip().toUpperCase(Locale.ROOT), schemaName.get(), name));
    }

    /** A temporary object is there even where nothing of it is known. */
    private boolean isThere(ObjectName name) {
        return catalog.find(name).isPresent() || context.temporaryObjects().contains(name.toString());
    }

    Optional<CatalogObject> find(ObjectName name) {
        return catalog.find(name);
    }

    /** A schema by one or two parts: database, schema, empty name. */
    ObjectName schemaName(List<Name> parts) {
        int at = parts.getFirst().at();
        return switch (parts.size()) {
            case 1 -> new ObjectName(database(at), fold(parts.getFirst()), "");
            case 2 -> new ObjectName(fold(parts.get(0)), fold(parts.get(1)), "");
            default ->
                throw new SyntaxProblem(
                        "schema name", "The schema's name has too many parts.", "Write database.schema.", at);
        };
    }

    /** The same catalog as seen from inside an object of that database and schema. */
    Namespace inside(ObjectName object) {
        SessionContext owner = SessionContext.of(
                        context.account(),
                        context.user(),
                        context.role(),
                        context.warehouse(),
                        Optional.of(object.database()),
                        Optional.of(object.schema()))
                .withOverlay(context.variables(), context.temporaryObjects(), context.overlay());
        return new Namespace(owner, catalog);
    }

    String database(int at) {
        return context.database()
                .orElseThrow(() -> new SyntaxProblem(
                        "name without a database",
                        "The name is not qualified and the session has no current database.",
                        "Write database.schema.name, or send USE DATABASE first.",
                        at));
    }

    String schema(int at) {
        return context.schema()
                .orElseThrow(() -> new SyntaxProblem(
                        "name without a schema",
                        "The name is not qualified and the session has no current schema.",
                        "Write database.schema.name, or send USE SCHEMA first.",
                        at));
    }
}
