// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.state.Action.Independent;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * Chains of what can happen to a whole lab: packets, failures, virtual machines that come and go,
 * quotas, rules, time. Each step is done to a lab and to its naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<LabPlan> labs() {
 *   return LabPlans.any();
 * }
 *
 * @Provide
 * Arbitrary<ActionChain<LabRun>> chains() {
 *   return LabActions.chains();
 * }
 *
 * @Property
 * void laws_hold(@ForAll("labs") LabPlan lab, @ForAll("chains") ActionChain<LabRun> chain) {
 *   LabActions.run(chain, () -> LabRun.of(lab)).close(); // or a lab of your own
 * }
 * }</pre>
 *
 * <p>What fails tells the lab, and a script of which no step can be left out. It is found by the
 * run itself, far faster than jqwik shrinks chains: {@code LabActions.chains().dontShrink()} lets
 * jqwik shrink the lab only. Further actions of your own are added as to any chain of jqwik's; they
 * go through {@link LabRun#apply(String, java.util.function.Consumer)}.
 */
public final class LabActions {

  private static final int MOST_LINES = 20;
  private static final int NUMBERS = 24;
  private static final int KINDS_OF_PACKETS = 4 * 3 * 8;

  /** Where the chain begins that is run now: jqwik's chains know it before they are generated. */
  private static final ThreadLocal<@Nullable LabRun> BEGIN = new ThreadLocal<>();

  private LabActions() {}

  /** Chains of all commands. */
  public static ActionChainArbitrary<LabRun> chains() {
    return chains(LabCommand.all());
  }

  /** Chains of these commands. */
  public static ActionChainArbitrary<LabRun> chains(Set<LabCommand> commands) {
    ActionChainArbitrary<LabRun> chains = ActionChain.startWith(LabActions::begin);
    for (LabCommand command : commands) {
      chains = chains.withAction(command.weight(), new Steps(command));
    }
    return chains;
  }

  private static LabRun begin() {
    LabRun run = BEGIN.get();
    if (run == null) {
      throw new IllegalStateException(
          "this chain has no lab to begin with; run it by LabActions.run(chain, lab)");
    }
    return run;
  }

  /**
   * Lets a chain happen to a lab, and all of it come to an end.
   *
   * @return what has happened, to look at and to close
   * @param lab a new lab each time, since a script that fails is tried again with fewer steps
   * @throws AssertionError if lab and twin do not agree, with the lab and a script of which no step
   *     can be left out
   */
  public static LabRun run(ActionChain<LabRun> chain, Supplier<LabRun> lab) {
    LabRun run = lab.get();
    BEGIN.set(run);
    try {
      LabRun unused = chain.run();
      run.settle();
    } catch (AssertionError e) {
      run.close();
      throw new AssertionError(told(Minimizer.minimize(run, lab)), e);
    } finally {
      BEGIN.remove();
    }
    return run;
  }

  /** What one needs to have it again. */
  private static String told(LabRun run) {
    List<String> script = run.script();
    StringBuilder text = new StringBuilder(512).append(run.failure());
    text.append('\n').append(run.shape());
    long lines = text.chars().filter(letter -> letter == '\n').count() + 1;
    int first = (int) Math.max(0, script.size() + lines - MOST_LINES);
    if (first > 0) {
      text.append("\n(").append(++first).append(" earlier steps)");
    }
    for (int i = first; i < script.size(); i++) {
      text.append('\n').append(i + 1).append(". ").append(script.get(i));
    }
    return text.toString();
  }

  /** Single steps of one command. */
  public static Arbitrary<LabStep> steps(LabCommand command) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, NUMBERS - 1);
    Arbitrary<Integer> amounts = Arbitraries.integers().between(0, KINDS_OF_PACKETS - 1);
    return Combinators.combine(numbers, numbers, amounts)
        .as((subject, object, amount) -> new LabStep(command, subject, object, amount))
        .withoutEdgeCases();
  }

  private record Steps(LabCommand command) implements Independent<LabRun> {
    @Override
    public Arbitrary<Transformer<LabRun>> transformer() {
      return steps(command)
          .map(step -> Transformer.mutate(step.toString(), run -> run.apply(step)));
    }
  }
}
