package io.prunella.compiler.analysis;

import io.prunella.compiler.check.ParsedFile;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/** Runs every analysis; all of them only warn. */
public final class Analysis {
    private final Symbols symbols;
    private final Map<String, ParsedFile> files;
    private final Problems problems;
    private final List<Profile> rules = new ArrayList<>();
    private final Map<String, NavigableSet<Integer>> wrong = new HashMap<>();

    private Analysis(Symbols symbols, Map<String, ParsedFile> files, Problems problems) {
        this.symbols = symbols;
        this.files = files;
        this.problems = problems;
    }

    /**
     * Warns about each declaration, and about those that get in each other's way.
     *
     * @param files by path as shown
     */
    public static void run(PackSource pack, Symbols symbols, Map<String, ParsedFile> files, Problems problems) {
        Analysis analysis = new Analysis(symbols, files, problems);
        for (RuleDeclaration rule : symbols.rules()) {
            ParsedFile file = files.get(rule.file());
            // What a rule seems to lack may stand where its file could not be read.
            if (file != null && !problems.incomplete(rule.file())) {
                analysis.rule(Profile.of(rule), file.source(), problems.in(rule.file()));
            }
        }
        analysis.declarations();
        // What a wrong rule means is not known, and so neither is what it does to others.
        List<Profile> sound = analysis.sound();
        Set<String> shadowed = Shadowing.run(sound, problems);
        Conflicts.run(sound, shadowed, problems);
        Loops.run(sound, problems);
        Supplies.run(analysis.rules, files.values().stream().map(ParsedFile::tree).toList(), symbols,
                pack.recorded(), problems);
    }

    private List<Profile> sound() {
        return rules.stream().filter(rule -> !isWrong(rule.rule().file(), rule.rule().declaration().span())).toList();
    }

    private boolean isWrong(String file, Span whole) {
        Integer error = wrong.computeIfAbsent(file, problems::wrongPlaces).ceiling(whole.start());
        return error != null && error < whole.end();
    }

    private void rule(Profile rule, Source source, Diagnostics report) {
        rules.add(rule);
        new Actions(symbols, rule.rule(), report).run();
        Holds.outliving(rule.clauses(), report);
        Holds.unreachable(rule.clauses(), report);
        Bounds.run(rule, source, report);
        rule.trigger().ifPresent(trigger -> Declarations.trigger(trigger, report));
        boolean constant = false;
        for (Conditions.Condition condition : Conditions.of(rule.clauses())) {
            constant |= condition(condition.expr(), condition.reading(), rule.rule().file(), source);
        }
        if (!constant) {
            Together.run(rule.clauses(), new Wording(source), report);
        }
        rule.clauses().one(Clause.When.class).ifPresent(when -> {
            if (rule.isLevel() && when.condition() instanceof Expr.BooleanLiteral literal && literal.value()) {
                Constancy.alone(literal, report);
            }
        });
    }

    private void declarations() {
        Set<String> done = Declarations.done(rules);
        Map<String, Declaration.Slo> slos = new HashMap<>();
        Map<String, String> sloFiles = new HashMap<>();
        files.forEach((path, file) -> {
            if (problems.incomplete(path)) {
                return;
            }
            Diagnostics report = problems.in(path);
            for (Declaration declaration : file.tree().declarations()) {
                switch (declaration) {
                    case Declaration.Suppress suppress -> suppress.when()
                            .ifPresent(when -> condition(when, Reading.ANY, path, file.source()));
                    case Declaration.Guard guard -> {
                        condition(guard.when(), Reading.ANY, path, file.source());
                        Declarations.guard(guard, done, symbols, report);
                    }
                    case Declaration.Slo slo -> {
                        slos.put(slo.name().text(), slo);
                        sloFiles.put(slo.name().text(), path);
                        Burns.tiers(slo, report);
                    }
                    case Declaration.Pack _,Declaration.Metric _,Declaration.Event _,Declaration.Action _,Declaration.Channel _,Declaration.Rule _,Declaration.Recording _,Declaration.Test _ -> {
                        // No condition, or a rule, which had its own turn.
                    }
                }
            }
        });
        for (Profile rule : rules) {
            if (rule.trigger().orElse(null) instanceof Trigger.OnBurn burn) {
                Declaration.Slo slo = slos.get(burn.slo().text());
                if (slo != null) {
                    Burns.trigger(burn, slo, sloFiles.getOrDefault(burn.slo().text(), ""), rule.rule().file(),
                            problems);
                }
            }
        }
        Declarations.channels(symbols, problems);
    }

    // Of a condition with an error nothing is claimed: what it means is not known.
    private boolean condition(Expr condition, Reading reading, String file, Source source) {
        Diagnostics report = problems.in(file);
        boolean isWrong = isWrong(file, condition.span());
        Precedence.run(condition, source, report);
        Holds.trailing(condition, report);
        return isWrong || Constancy.run(condition, reading, new Wording(source), report);
    }
}
