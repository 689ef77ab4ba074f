package io.prunella.control.serve;

import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackFolder;
import io.prunella.compiler.pack.PackRead;
import io.prunella.compiler.pack.PackSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Packs as the compiler reads them. */
final class CompiledPacks implements PackReader {
    @Override
    public Read read(Path path) {
        return switch (PackFolder.read(path)) {
            case PackRead.Found found -> compile(found.source());
            case PackRead.Unreadable unreadable -> new Read(String.valueOf(path.getFileName()), "", Optional.empty(),
                    List.of(PackProblem.unreadable(unreadable.path(), unreadable.reason())));
        };
    }

    private static Read compile(PackSource source) {
        Compilation compilation = Compiler.compile(source);
        return new Read(compilation.pack().map(p -> p.name()).orElse(source.name()), source.digest(),
                compilation.hasErrors() ? Optional.empty() : compilation.pack(),
                compilation.diagnostics().stream().map(PackProblem::of).toList());
    }
}
