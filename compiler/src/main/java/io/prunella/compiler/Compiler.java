package io.prunella.compiler;

import io.prunella.compiler.analysis.Analysis;
import io.prunella.compiler.check.Checks;
import io.prunella.compiler.check.Inference;
import io.prunella.compiler.check.MetricTypes;
import io.prunella.compiler.check.Naming;
import io.prunella.compiler.check.ParsedFile;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.RuleDeclaration;
import io.prunella.compiler.check.Symbols;
import io.prunella.compiler.lower.GuardLowering;
import io.prunella.compiler.lower.PlanLowering;
import io.prunella.compiler.lower.RuleLowering;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.GuardModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a pack's text into rules and plans, in stages of which each is a function. */
public final class Compiler {
    private static final List<Step> STEPS = List.of(
            new Step("parse", "text has to be a tree before anything can be said about it", Compiler::parse),
            new Step("names", "what is declared anywhere can be used everywhere, so all names come before any use",
                    Compiler::names),
            new Step("types", "an undeclared metric is what its uses in the whole pack agree on",
                    Compiler::types),
            new Step("checks", "names, units and arguments are compared once both sides are known",
                    Compiler::checks),
            new Step("plans", "only text without errors is lowered, so lowering has no problems to report",
                    Compiler::plans),
            new Step("rules", "a rule's content hash covers its plan", Compiler::rules),
            new Step("analysis", "warns of what is legal and still likely to hurt, and looks at everything for it",
                    Compiler::analysis));

    private Compiler() {}

    /** A stage for people: what it is called and why it stands where it does. */
    public record Stage(String name, String reason) {}

    private record Step(String name, String reason, StageFunction run) {}

    private interface StageFunction {
        Draft run(Draft draft, Problems problems);
    }

    /** What is known of a pack so far. */
    private record Draft(PackSource source, Map<String, ParsedFile> files, Symbols symbols, MetricTypes metrics,
            Map<RuleDeclaration, PlanLowering.Lowered> plans, Optional<PackModel> pack) {
        static Draft of(PackSource source) {
            return new Draft(source, Map.of(), Symbols.NONE, MetricTypes.NONE, Map.of(), Optional.empty());
        }

        private ParsedFile file(RuleDeclaration rule) {
            return file(rule.file());
        }

        private io.prunella.dsl.diagnostic.Source source(String file) {
            return file(file).source();
        }

        private ParsedFile file(String path) {
            ParsedFile file = files.get(path);
            if (file == null) {
                throw new IllegalStateException("declared in no file: " + path);
            }
            return file;
        }
    }

    /** The stages in their order. */
    public static List<Stage> stages() {
        return STEPS.stream().map(step -> new Stage(step.name(), step.reason())).toList();
    }

    /** Compiles a pack; whatever its text, there is a result. */
    public static Compilation compile(PackSource source) {
        Problems problems = new Problems();
        Draft draft = Draft.of(source);
        for (Step step : STEPS) {
            draft = step.run().run(draft, problems);
        }
        Map<String, io.prunella.dsl.diagnostic.Source> sources = new LinkedHashMap<>();
        List<SourceFile> trees = new ArrayList<>();
        draft.files().forEach((path, file) -> {
            sources.put(path, file.source());
            trees.add(file.tree());
        });
        Map<String, io.prunella.compiler.rule.Provenance> provenance = new LinkedHashMap<>();
        draft.plans().forEach((rule, plan) -> provenance.put(rule.name(), plan.provenance()));
        return new Compilation(draft.pack(), trees, problems.all(), sources, provenance);
    }

    private static Draft parse(Draft draft, Problems problems) {
        Map<String, ParsedFile> files = new LinkedHashMap<>();
        problems.addAll(draft.source().problems());
        for (PackSource.File file : draft.source().files()) {
            ParseResult result = DlParser.parse(file.shown(), file.bytes());
            problems.addAll(result.diagnostics());
            files.put(file.shown(),
                    new ParsedFile(result.file(), result.source(), file.ruleName(), result.hasErrors()));
        }
        return new Draft(draft.source(), Collections.unmodifiableMap(files), draft.symbols(), draft.metrics(),
                draft.plans(), draft.pack());
    }

    private static Draft names(Draft draft, Problems problems) {
        Symbols symbols = Naming.collect(List.copyOf(draft.files().values()), draft.source().name(),
                draft.source().single(), problems);
        return new Draft(draft.source(), draft.files(), symbols, draft.metrics(), draft.plans(), draft.pack());
    }

    private static Draft types(Draft draft, Problems problems) {
        MetricTypes metrics = Inference.infer(draft.symbols(), draft.files(), problems);
        return new Draft(draft.source(), draft.files(), draft.symbols(), metrics, draft.plans(), draft.pack());
    }

    private static Draft checks(Draft draft, Problems problems) {
        Checks.run(draft.source(), draft.files(), draft.symbols(), draft.metrics(), problems);
        return draft;
    }

    private static Draft plans(Draft draft, Problems problems) {
        if (problems.hasErrors()) {
            return draft;
        }
        PlanLowering lowering = new PlanLowering(draft.symbols(), draft.source().folder());
        Map<RuleDeclaration, PlanLowering.Lowered> plans = new LinkedHashMap<>();
        for (RuleDeclaration rule : draft.symbols().rules()) {
            plans.put(rule, lowering.lower(rule, draft.file(rule).source()));
        }
        return new Draft(draft.source(), draft.files(), draft.symbols(), draft.metrics(), plans, draft.pack());
    }

    private static Draft rules(Draft draft, Problems problems) {
        if (problems.hasErrors()) {
            return draft;
        }
        RuleLowering lowering = new RuleLowering(draft.symbols(), draft.metrics(), draft.source().actionFiles());
        List<RuleModel> rules = new ArrayList<>();
        draft.plans().forEach((rule, plan) -> rules.add(lowering.lower(rule, plan, draft.file(rule).source())));
        PlanLowering plans = new PlanLowering(draft.symbols(), draft.source().folder());
        List<GuardModel> guards = draft.symbols().guards().stream()
                .map(guard -> GuardLowering.guard(guard.declaration(), draft.source(guard.file()))).toList();
        List<SuppressModel> suppressions = draft.symbols().suppressions().stream()
                .map(suppress -> GuardLowering.suppress(suppress.declaration(), draft.source(suppress.file())))
                .toList();
        List<Condition> others = Stream.concat(guards.stream().map(GuardModel::when),
                suppressions.stream().map(SuppressModel::when)).toList();
        PackModel pack = new PackModel(draft.symbols().pack().name(), draft.symbols().pack().version(),
                draft.source().digest(), draft.source().folder(), rules, lowering.metrics(rules, others),
                plans.allActions(),
                plans.allChannels(), guards, suppressions, draft.symbols().pack().requires());
        return new Draft(draft.source(), draft.files(), draft.symbols(), draft.metrics(), draft.plans(),
                Optional.of(pack));
    }

    private static Draft analysis(Draft draft, Problems problems) {
        Analysis.run(draft.source(), draft.symbols(), draft.files(), problems);
        return draft;
    }
}
