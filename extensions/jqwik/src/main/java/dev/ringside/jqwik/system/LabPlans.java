// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.jqwik.system.LabPlan.HostPlan;
import dev.ringside.jqwik.system.LabPlan.VmPlan;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Labs of one to three hosts or blades, with up to four NICs, four NUMA nodes and six virtual
 * machines. They shrink to one host with one NIC and no virtual machine.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<LabPlan> labs() {
 *   return LabPlans.calm();
 * }
 * }</pre>
 */
public final class LabPlans {

  private static final int MAX_HOSTS = 3;
  private static final int MAX_FUNCTIONS = 4;
  private static final Duration STEP_DELAY = Duration.ofMillis(1);

  private LabPlans() {}

  /** Any of these labs. */
  public static Arbitrary<LabPlan> any() {
    return plans(
        Arbitraries.of(Duration.ZERO, Duration.ZERO, STEP_DELAY), Arbitraries.of(false, true));
  }

  /** Those in which whatever happens is over at once, so that the twin knows all of it. */
  public static Arbitrary<LabPlan> calm() {
    return plans(Arbitraries.just(Duration.ZERO), Arbitraries.just(false));
  }

  private static Arbitrary<LabPlan> plans(
      Arbitrary<Duration> stepDelays, Arbitrary<Boolean> proxies) {
    Arbitrary<List<HostPlan>> hosts =
        hosts(stepDelays, proxies).list().ofMinSize(1).ofMaxSize(MAX_HOSTS);
    Arbitrary<VmPlan> vms =
        Combinators.combine(
                Arbitraries.integers().between(0, MAX_HOSTS - 1), Arbitraries.of(true, true, false))
            .as(VmPlan::new);
    return Combinators.combine(hosts, vms.list().ofMaxSize(LabPlan.MAX_VMS))
        .as(LabPlan::new)
        .withoutEdgeCases();
  }

  private static Arbitrary<HostPlan> hosts(
      Arbitrary<Duration> stepDelays, Arbitrary<Boolean> proxies) {
    return Combinators.combine(
            Arbitraries.integers().between(1, LabPlan.MAX_PNICS),
            Arbitraries.integers().between(0, MAX_FUNCTIONS),
            Arbitraries.of(512, 512, 16),
            Arbitraries.integers().between(0, LabPlan.MAX_NODES),
            Arbitraries.of(false, true),
            proxies,
            Arbitraries.of(0, 1, 1, 2, LabPlan.MAX_CHASSIS),
            stepDelays)
        .as(HostPlan::new);
  }
}
