package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A catalog in a YAML file, as of now. */
final class CatalogFile {
    private CatalogFile() {}

    static List<CatalogObject> read(Path file, Instant seenAt) {
        try {
            String name = String.valueOf(file.getFileName());
            return CatalogYaml.read(name, Files.readString(file)).stream()
                    .map(object -> object.seenAt(seenAt))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the catalog file cannot be read: " + file);
        } catch (YamlException wrong) {
            throw new IllegalStateException("the catalog file is wrong:\n" + wrong.getMessage());
        }
    }
}
