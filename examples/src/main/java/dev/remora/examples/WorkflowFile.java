package dev.remora.examples;

import dev.remora.error.LimitExceededException;
import dev.remora.error.ValidationException;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import dev.remora.model.WorkflowZip;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A definition in a file, and the workflow name made of the file's name.
 *
 * @param zip the package that the definition is part of, if it is
 */
record WorkflowFile(Path path, String name, Workflow definition, Optional<WorkflowZip> zip) {
    private static final int LONGEST_NAME = 64;

    static WorkflowFile read(Path path) throws UsageException {
        try {
            if (Files.isDirectory(path)) {
                Workflow definition = WorkflowJson.parse(Files.readString(path.resolve(WorkflowPackage.DEFINITION)));
                return new WorkflowFile(path, nameOf(path), definition, Optional.of(WorkflowPackage.pack(path)));
            }
            if (path.toString().endsWith(".zip")) {
                Workflow definition = WorkflowJson.parse(WorkflowPackage.definition(path));
                return new WorkflowFile(path, nameOf(path), definition, Optional.of(WorkflowZip.of(path)));
            }
            return new WorkflowFile(path, nameOf(path), WorkflowJson.parse(Files.readString(path)), Optional.empty());
        } catch (NoSuchFileException missing) {
            throw new UsageException(missing.getFile() + ": there is no such file");
        } catch (CharacterCodingException notText) {
            throw new UsageException(path + ": is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new UsageException(path + ": cannot be read: " + unreadable);
        } catch (ValidationException | LimitExceededException invalid) {
            throw invalid(path, invalid);
        }
    }

    /** Names the file, and every problem with its path. */
    static UsageException invalid(Path path, RuntimeException problem) {
        StringBuilder text = new StringBuilder(path.toString()).append(": ");
        if (problem instanceof ValidationException invalid) {
            int count = invalid.problems().size();
            text.append(count).append(count == 1 ? " problem" : " problems");
            invalid.problems().forEach(one -> text.append("\n  ").append(one));
        } else {
            text.append(problem.getMessage());
        }
        return new UsageException(text.toString());
    }

    static String nameOf(Path path) {
        String file = path.getFileName() == null ? "" : path.getFileName().toString();
        String plain = file.replaceFirst("\\.(json|zip)$", "").replaceAll("[^A-Za-z0-9_]", "_");
        String name = plain.matches("[A-Za-z]\\w+") ? plain : "workflow_" + plain;
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
