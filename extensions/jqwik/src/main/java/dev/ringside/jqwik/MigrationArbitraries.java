// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.jqwik.model.MigrationStep;
import dev.ringside.jqwik.model.MigrationStep.What;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.jqwik.scenario.ChassisTopology.Guest;
import dev.ringside.migration.AddressMode;
import dev.ringside.migration.MigrationConfig;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Chassis, and what can happen to the virtual machines of their blades.
 *
 * <pre>{@code
 * @Property
 * void nobody_is_lost(@ForAll("topologies") ChassisTopology topology) { ... }
 *
 * @Provide
 * Arbitrary<ChassisTopology> topologies() {
 *   return MigrationArbitraries.topologies();
 * }
 * }</pre>
 */
public final class MigrationArbitraries {

  private static final int MOST_MILLIS = 4;

  private MigrationArbitraries() {}

  /**
   * Two or three chassis of one or two blades, with two to five virtual machines of three subnets:
   * with and without virtual functions, proxies and quotas, with pools that soon run out, and with
   * gateways that can be reached from everywhere or only from home.
   */
  public static Arbitrary<ChassisTopology> topologies() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 3), Arbitraries.integers().between(1, 2))
        .flatAs(MigrationArbitraries::topologies);
  }

  /** So many chassis of so many blades each. */
  public static Arbitrary<ChassisTopology> topologies(int chassis, int bladesEach) {
    Arbitrary<Guest> guest =
        Combinators.combine(
                Arbitraries.integers().between(0, chassis * bladesEach - 1),
                Arbitraries.integers().between(0, ChassisTopology.SUBNETS - 1))
            .as(Guest::new);
    return Combinators.combine(
            guest.list().ofMinSize(2).ofMaxSize(5),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(false, false, true),
            Arbitraries.of(0L, 0L, 1_000_000L),
            Arbitraries.of(24, 28),
            Arbitraries.of(true, true, false))
        .as(
            (guests, functions, proxies, memory, prefixLength, apart) ->
                new ChassisTopology(
                    chassis, bladesEach, guests, functions, proxies, memory, prefixLength, apart));
  }

  /** How a migration goes: at once or with copy times, and with the router before or after it. */
  public static Arbitrary<MigrationConfig> configs() {
    return Combinators.combine(
            millis(),
            Arbitraries.of(MigrationConfig.MAX_BUFFER, 8, 2, 0),
            Arbitraries.of(AddressMode.values()),
            Arbitraries.of(false, false, true),
            millis(),
            Arbitraries.of(false, true))
        .as(
            (copyTime, buffer, addresses, after, delay, keeps) -> {
              MigrationConfig config =
                  MigrationConfig.DEFAULT
                      .withCopyTime(copyTime)
                      .withBuffer(buffer)
                      .withAddresses(addresses);
              return after ? config.withRouterAfterMove(delay, keeps) : config;
            });
  }

  private static Arbitrary<Duration> millis() {
    return Arbitraries.integers().between(0, MOST_MILLIS).map(Duration::ofMillis);
  }

  /** Single steps; moves are the most frequent of them. */
  public static Arbitrary<MigrationStep> steps(ChassisTopology topology) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, moves(topology)),
        Tuple.of(4, step(What.WAIT, MOST_MILLIS + 1, 1)),
        Tuple.of(4, step(What.SEND, topology.guests().size(), topology.guests().size())),
        Tuple.of(1, step(What.CANCEL, topology.guests().size(), 1)),
        Tuple.of(1, step(What.FAIL, topology.blades(), 1)),
        Tuple.of(2, step(What.REPAIR, topology.blades(), 1)),
        Tuple.of(1, step(What.END, topology.guests().size(), 1)),
        Tuple.of(1, step(What.TAKE_ADDRESSES, ChassisTopology.SUBNETS, 1)),
        Tuple.of(1, step(What.GIVE_ADDRESSES, ChassisTopology.SUBNETS, 1)));
  }

  /** Moves of any virtual machine to any blade, also the one that it is on. */
  public static Arbitrary<MigrationStep> moves(ChassisTopology topology) {
    return Combinators.combine(
            Arbitraries.integers().between(0, topology.guests().size() - 1),
            Arbitraries.integers().between(0, topology.blades() - 1),
            configs())
        .as((vm, blade, config) -> new MigrationStep(What.MOVE, vm, blade, config));
  }

  private static Arbitrary<MigrationStep> step(What what, int subjects, int objects) {
    return Combinators.combine(
            Arbitraries.integers().between(0, subjects - 1),
            Arbitraries.integers().between(0, objects - 1))
        .as((subject, object) -> new MigrationStep(what, subject, object, MigrationConfig.DEFAULT));
  }

  /** Scripts of at most so many steps. */
  public static Arbitrary<List<MigrationStep>> scripts(ChassisTopology topology, int most) {
    return steps(topology).list().ofMaxSize(most);
  }
}
