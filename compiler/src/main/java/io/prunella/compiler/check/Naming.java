package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects every name of a pack, and says where two things have one. */
public final class Naming {
    private final Problems problems;
    private final Map<String, Declared<Declaration.Metric>> metrics = new LinkedHashMap<>();
    private final Map<String, Declared<Declaration.Event>> events = new LinkedHashMap<>();
    private final Map<String, Declared<Declaration.Action>> actions = new LinkedHashMap<>();
    private final Map<String, Declared<Declaration.Channel>> channels = new LinkedHashMap<>();
    private final List<RuleDeclaration> rules = new ArrayList<>();
    private final Map<String, RuleDeclaration> rulesByName = new LinkedHashMap<>();
    private final List<Declared<Declaration.Test>> tests = new ArrayList<>();
    private final Map<String, Declared<Declaration.Guard>> guards = new LinkedHashMap<>();
    private final Map<String, Declared<Declaration.Suppress>> suppressions = new LinkedHashMap<>();
    private @Nullable Declared<Declaration.Pack> header;
    private Optional<PackHeader> pack = Optional.empty();

    private Naming(Problems problems) {
        this.problems = problems;
    }

    /**
     * Names of all files.
     *
     * @param fallback the pack's name where no header says one
     */
    public static Symbols collect(List<ParsedFile> files, String fallback, boolean single, Problems problems) {
        Naming naming = new Naming(problems);
        files.forEach(naming::file);
        boolean complete = files.stream().noneMatch(ParsedFile::broken);
        return new Symbols(naming.pack.orElse(new PackHeader(fallback, "0.0.0", PackHeader.Defaults.NONE)), single,
                complete, naming.metrics, naming.events, naming.actions, naming.channels, naming.rules, naming.tests,
                List.copyOf(naming.guards.values()), List.copyOf(naming.suppressions.values()));
    }

    private void file(ParsedFile file) {
        Diagnostics report = problems.in(file.path());
        String path = file.path();
        long headerless = file.tree().declarations().stream()
                .filter(d -> d instanceof Declaration.Rule rule && rule.name().isEmpty()).count();
        int number = 0;
        for (Declaration declaration : file.tree().declarations()) {
            switch (declaration) {
                case Declaration.Pack found -> header(path, found);
                case Declaration.Metric metric -> {
                    reserved(metric.name(), report);
                    declare(metrics, "metric", metric.name(), path, metric);
                }
                case Declaration.Event event -> declare(events, "event", event.name(), path, event);
                case Declaration.Action action -> declare(actions, "action", action.name(), path, action);
                case Declaration.Channel channel -> declare(channels, "channel", channel.name(), path, channel);
                case Declaration.Rule rule -> {
                    String name = rule.name().map(Name::text).orElse(
                            headerless == 1 ? file.ruleName() : file.ruleName() + "#" + ++number);
                    rule(new RuleDeclaration(name, path, rule, Clauses.of(rule)));
                }
                case Declaration.Test test -> tests.add(new Declared<>(path, test));
                case Declaration.Guard guard -> declare(guards, "guard", guard.name(), path, guard);
                case Declaration.Suppress suppress ->
                    declare(suppressions, "suppression", suppress.name(), path, suppress);
                case Declaration.Recording _,Declaration.Slo _ -> {
                    // Named one by one as not executed yet.
                }
            }
        }
    }

    private void header(String path, Declaration.Pack found) {
        if (header != null) {
            problems.in(path).report(DiagnosticCode.SECOND_HEADER, found.name().span())
                    .message("the pack is `%s` already", header.declaration().name().text())
                    .label(header.file(), header.declaration().name().span(), "its first header");
            return;
        }
        header = new Declared<>(path, found);
        pack = Optional.of(new HeaderReader(problems.in(path)).read(found));
    }

    private static void reserved(Name name, Diagnostics report) {
        for (String prefix : List.of("event.", "label.")) {
            if (name.text().startsWith(prefix)) {
                report.report(DiagnosticCode.RESERVED_NAME, name.span())
                        .message("no metric can be called `%s`: `%s` begins attributes", name.text(), prefix)
                        .help("call it `" + name.text().replace('.', '_') + "`");
            }
        }
    }

    private <T extends Declaration> void declare(Map<String, Declared<T>> names, String what, Name name, String path,
            T declaration) {
        Declared<T> first = names.putIfAbsent(name.text(), new Declared<>(path, declaration));
        if (first != null) {
            problems.in(path).report(DiagnosticCode.DUPLICATE_NAME, name.span())
                    .message("%s `%s` is declared twice", what, name.text())
                    .label(first.file(), first.declaration().span(), "the first one");
        }
    }

    private void rule(RuleDeclaration rule) {
        rules.add(rule);
        RuleDeclaration first = rulesByName.putIfAbsent(rule.name(), rule);
        if (first != null) {
            problems.in(rule.file()).report(DiagnosticCode.DUPLICATE_NAME, rule.place())
                    .message("two rules are called `%s`", rule.name())
                    .label(first.file(), first.place(), "the first one");
        }
    }
}
