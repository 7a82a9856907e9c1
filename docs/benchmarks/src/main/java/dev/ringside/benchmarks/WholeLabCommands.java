// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.jqwik.system.LabActions;
import dev.ringside.jqwik.system.LabPlan;
import dev.ringside.jqwik.system.LabPlans;
import dev.ringside.jqwik.system.LabRun;
import java.lang.management.ManagementFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * What a command of the random whole-system property costs: generating it, carrying it out on a lab
 * that was opened for the try, and comparing the lab with its twin. In processor time of the
 * thread, which others on the machine do not stretch: so it is what one core does.
 */
public final class WholeLabCommands {
  private static final int TRIES = 500;
  private static final int COMMANDS = 50;
  private static final int ROUNDS = 5;
  private static final double NANOS = 1e9;
  private static final double LEAST_A_SECOND = 2_000;

  private WholeLabCommands() {}

  /** The best of a few rounds, after the first of them. */
  static Row row() throws ClassNotFoundException {
    Launcher launcher = JupiterRun.launcher(new JqwikTestEngine());
    LauncherDiscoveryRequest request = JupiterRun.request(WholeLab.class.getName());
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      JupiterRun.run(launcher, request);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      best = Math.min(best, nanos / (double) (TRIES * COMMANDS));
    }
    return new Row(
        "random whole-system property, 2,000 commands a second and core or more",
        best,
        "ns/command",
        null,
        null,
        NANOS / LEAST_A_SECOND);
  }

  /** Any lab, under every command. */
  public static class WholeLab {
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void lab_and_twin_agree(
        @ForAll("labs") LabPlan lab, @ForAll("chains") ActionChain<LabRun> chain) {
      LabActions.run(chain, () -> LabRun.of(lab)).close();
    }

    @Provide
    Arbitrary<LabPlan> labs() {
      return LabPlans.any();
    }

    @Provide
    Arbitrary<ActionChain<LabRun>> chains() {
      return LabActions.chains().withMaxTransformations(COMMANDS).dontShrink();
    }
  }
}
