package io.prunella.dsl.parse;

import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Reads {@code .dl} files: any bytes give a result, and every mistake in them is a diagnostic. */
public final class DlParser {
    /** The most bytes that a file may have. */
    public static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_PROBLEMS = 50;

    private DlParser() {}

    /** Reads the bytes of a file; {@code path} is what messages and header-less rules call it. */
    public static ParseResult parse(String path, byte[] utf8) {
        if (utf8.length > LARGEST_FILE) {
            return tooLarge(path);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return parseText(path, text);
        } catch (CharacterCodingException e) {
            return notUtf8(path, utf8);
        }
    }

    /** Reads a text. */
    public static ParseResult parse(String path, String text) {
        long bytes = text.length();
        if (bytes <= LARGEST_FILE && bytes * 3 > LARGEST_FILE) {
            bytes = text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > LARGEST_FILE) {
            return tooLarge(path);
        }
        return parseText(path, text);
    }

    private static ParseResult parseText(String path, String text) {
        Source source = new Source(path, text);
        Diagnostics diagnostics = new Diagnostics(path);
        Scanner scanner = new Scanner(source, diagnostics);
        List<Token> tokens = scanner.tokens();
        if (scanner.tooDeep()) {
            List<Diagnostic> all = diagnostics.all();
            return new ParseResult(empty(source), source, scanner.comments(), all.subList(all.size() - 1, all.size()));
        }
        Dl.FileContext tree = tree(tokens, diagnostics);
        SourceFile file = new AstBuilder(source, diagnostics, scanner.comments()).file(tree);
        return new ParseResult(file, source, scanner.comments(), shown(source, diagnostics));
    }

    // The fast prediction mode is right for all but a few texts; those, and texts with mistakes, are read again.
    private static Dl.FileContext tree(List<Token> tokens, Diagnostics diagnostics) {
        CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
        Dl parser = new Dl(stream);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return parser.file();
        } catch (ParseCancellationException e) {
            stream.seek(0);
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            parser.setErrorHandler(new DlErrors(diagnostics));
            return parser.file();
        }
    }

    private static List<Diagnostic> shown(Source source, Diagnostics diagnostics) {
        List<Diagnostic> all = new ArrayList<>(diagnostics.all());
        all.sort(Comparator.comparingInt((Diagnostic d) -> d.span().start()));
        if (all.size() <= MOST_PROBLEMS) {
            return all;
        }
        Diagnostic last = all.get(MOST_PROBLEMS);
        List<Diagnostic> some = new ArrayList<>(all.subList(0, MOST_PROBLEMS));
        some.add(new Diagnostic(DiagnosticCode.TOO_MANY_PROBLEMS, source.path(), last.span(),
                (all.size() - MOST_PROBLEMS) + " more problems from here on are not shown", List.of(),
                Optional.of("mend the first ones and look again")));
        return some;
    }

    private static ParseResult tooLarge(String path) {
        return refused(path, "", DiagnosticCode.FILE_TOO_LARGE, Span.NONE,
                "the file has more than " + LARGEST_FILE + " bytes",
                "split it into several files of one pack");
    }

    private static ParseResult notUtf8(String path, byte[] bytes) {
        int valid = validPrefix(bytes);
        String text = new String(bytes, 0, valid, StandardCharsets.UTF_8);
        Source source = new Source(path, text);
        return refused(path, text, DiagnosticCode.NOT_UTF8, source.span(text.length(), text.length()),
                String.format("byte 0x%02x at offset %d is not UTF-8", bytes[valid] & 0xFF, valid),
                "save the file as UTF-8");
    }

    private static int validPrefix(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        decoder.decode(in, java.nio.CharBuffer.allocate(bytes.length + 1), true);
        return Math.min(in.position(), bytes.length - 1);
    }

    private static ParseResult refused(String path, String text, DiagnosticCode code, Span span, String message,
            String help) {
        Source source = new Source(path, text);
        return new ParseResult(empty(source), source, List.of(),
                List.of(new Diagnostic(code, path, span, message, List.of(), Optional.of(help))));
    }

    private static SourceFile empty(Source source) {
        return new SourceFile(source.path(), List.of(), source.span(0, source.text().length()));
    }
}
