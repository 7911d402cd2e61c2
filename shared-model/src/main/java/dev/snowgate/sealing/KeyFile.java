package dev.snowgate.sealing;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The file of key-encryption keys: lines of base64, {@code #} begins a comment, nobody but the owner may read it. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    static List<byte[]> read(Path file) {
        try {
            if (posix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SealingException("the key file " + file.getFileName()
                        + " may be used by others than its owner: set its mode to 0600");
            }
            List<byte[]> keys = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    keys.add(decode(line.strip(), file));
                }
            }
            if (keys.isEmpty()) {
                throw new SealingException("the key file " + file.getFileName() + " holds no key");
            }
            return keys;
        } catch (NoSuchFileException missing) {
            throw new SealingException("the key file " + file.getFileName() + " is missing; there is no default key");
        } catch (IOException unreadable) {
            throw new SealingException("the key file " + file.getFileName() + " cannot be read", unreadable);
        }
    }

    static void create(Path file, List<byte[]> keys) {
        try {
            write(file, keys);
        } catch (FileAlreadyExistsException exists) {
            throw new SealingException("the key file " + file.getFileName() + " exists and is never overwritten");
        } catch (IOException failed) {
            throw new SealingException("the key file " + file.getFileName() + " cannot be written", failed);
        }
    }

    /** Through a new file, so that no moment exists at which the old keys are gone and the new ones not yet there. */
    static void replace(Path file, List<byte[]> keys) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            write(next, keys);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new SealingException("the key file " + file.getFileName() + " cannot be replaced", failed);
        }
    }

    private static void write(Path file, List<byte[]> keys) throws IOException {
        StringBuilder text =
                new StringBuilder("# key-encryption keys, the active one first; keep a copy in a safe place\n");
        keys.forEach(key -> text.append(Base64.getEncoder().encodeToString(key)).append('\n'));
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // The mode is set with the creation: there is no moment at which others could open it.
        FileAttribute<?>[] mode = posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, mode)) {
            Channels.newOutputStream(channel).write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static byte[] decode(String line, Path file) {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == AesGcm.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through: the message must not quote the line.
        }
        throw new SealingException(
                "the key file " + file.getFileName() + " holds a line that is no 32-byte key in base64");
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
