package io.prunella.compiler.lower;

import io.prunella.compiler.rule.SeriesSelector;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import io.prunella.plan.Template.Part;
import io.prunella.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the series that a plan looks up with {@code value(x)}. */
final class Lookups {
    private final Set<String> texts = new LinkedHashSet<>();

    private Lookups() {}

    /**
     * Canonical texts of selectors, in the order met.
     *
     * @param written selectors of arguments such as {@code value(x{core="0"})}, whose labels their text cannot give back
     */
    static List<SeriesSelector> of(ExecutionPlan plan, List<SeriesSelector> written) {
        Lookups lookups = new Lookups();
        plan.then().forEach(lookups::step);
        plan.after().forEach(lookups::step);
        plan.rollback().forEach(lookups::step);
        plan.escalate().forEach(lookups::step);
        List<SeriesSelector> selectors = new ArrayList<>();
        for (String text : lookups.texts) {
            selectors.add(written.stream().filter(s -> s.text().equals(text)).findFirst()
                    .orElseGet(() -> new SeriesSelector(text, List.of(), text)));
        }
        return selectors;
    }

    private void step(Step step) {
        switch (step) {
            case Step.Execute execute -> {
                execute.arguments().values().forEach(this::value);
                target(execute.target());
            }
            case Step.Notify notify -> template(notify.text());
            case Step.Collect collect -> {
                collect.arguments().values().forEach(this::value);
                target(collect.target());
            }
            case Step.Emit emit -> emit.attributes().values().forEach(this::value);
            case Step.Ticket ticket -> ticket.arguments().values().forEach(this::value);
            case Step.Parallel parallel -> parallel.steps().forEach(this::step);
            case Step.Wait _,Step.WaitUntil _,Step.Approve _ -> {
                // Looks nothing up.
            }
        }
    }

    private void target(Step.Target target) {
        switch (target) {
            case Step.Target.Named named -> template(named.entity());
            case Step.Target.Self _,Step.Target.Parent _,Step.Target.Nodes _ -> {
                // No text.
            }
        }
    }

    private void value(Value value) {
        switch (value) {
            case Value.Text text -> template(text.template());
            case Value.Reference reference -> lookup(reference.lookup());
            case Value.Items items -> items.items().forEach(this::value);
            case Value.Fields fields -> fields.fields().values().forEach(this::value);
            case Value.Quantity _,Value.Duration _,Value.Flag _ -> {
                // Known already.
            }
        }
    }

    private void template(Template template) {
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Lookup lookup -> lookup(lookup);
                case Part.Literal _ -> {
                    // Known already.
                }
            }
        }
    }

    private void lookup(Part.Lookup lookup) {
        if (lookup.root().equals("value")) {
            texts.add(lookup.path().getFirst());
        }
    }
}
