// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.BddRingsideAssertions.then;
import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.as;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatExceptionOfType;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.MIGRATION;

import dev.ringside.Lab;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationConfig;
import dev.ringside.migration.MigrationPhase;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.MultipleFailuresError;

class MigrationAssertTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  private final Lab lab = MigrationLabs.twoSubnets();
  private final VirtualMachine web = lab.vm("web");

  @AfterEach
  void close() {
    lab.close();
  }

  private Migration copying() {
    return lab.migrate(web).copyTime(MILLI).to(lab.blade("b2"));
  }

  @Test
  void a_migration_is_told_by_how_far_it_is() {
    Migration migration = copying();
    assertThat(migration).isRunning().isAt(MigrationPhase.COPY).isNotCommitted();
    assertThat(web).isOn("b1");
    fails(
        () -> assertThat(migration).isCompleted(),
        """
        Expecting migration of web from b1 to b2
          to be completed
          but it is running, at COPY

                     0 ns  c1: located web, b1
                     0 ns  migration: migration phase web (CHECK)
                     0 ns  migration: migration phase web (PREPARE)
                     0 ns  migration: migration phase web (DETACH)
                     0 ns  migration: migration phase web (SUSPEND)
                     0 ns  migration: migration phase web (COPY)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(migration).isAt(MigrationPhase.SWITCH),
        """
        Expecting migration of web from b1 to b2
          to be at SWITCH
          but it is running, at COPY

                     0 ns  c1: located web, b1
                     0 ns  migration: migration phase web (CHECK)
                     0 ns  migration: migration phase web (PREPARE)
                     0 ns  migration: migration phase web (DETACH)
                     0 ns  migration: migration phase web (SUSPEND)
                     0 ns  migration: migration phase web (COPY)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(migration).isCommitted(),
        """
        Expecting migration of web from b1 to b2
          to be committed
          but it is running, at COPY

                     0 ns  c1: located web, b1
                     0 ns  migration: migration phase web (CHECK)
                     0 ns  migration: migration phase web (PREPARE)
                     0 ns  migration: migration phase web (DETACH)
                     0 ns  migration: migration phase web (SUSPEND)
                     0 ns  migration: migration phase web (COPY)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).hasNoMigrations(),
        """
        Expecting lab
          to have no migration under way
          but it has [migration of web from b1 to b2 (RUNNING at COPY)]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_migration_that_is_over_has_come_to_its_end() {
    Migration migration = copying();
    lab.advance(MILLI);
    assertThat(migration).isCompleted().isCommitted().isAt(MigrationPhase.CLEAN);
    assertThat(lab).hasNoMigrations().hasVirtualRoutersOn("b2");
    assertThat(web).isOn("b2");
    fails(
        () -> assertThat(migration).isRunning(),
        """
        Expecting migration of web from b1 to b2
          to be running
          but it is completed, at CLEAN

                     0 ns  migration: migration phase web (COPY)
               1000000 ns  migration: migration phase web (SWITCH)
               1000000 ns  b1: moved web, b2
               1000000 ns  c1: located web, b2
               1000000 ns  c2: located web, b2
               1000000 ns  migration: migration phase web (RESUME)
               1000000 ns  migration: migration phase web (CLEAN)
               1000000 ns  migration: migration ended web, COMPLETED

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(migration).isNotCommitted(),
        """
        Expecting migration of web from b1 to b2
          to be not committed
          but it is completed, at CLEAN

                     0 ns  migration: migration phase web (COPY)
               1000000 ns  migration: migration phase web (SWITCH)
               1000000 ns  b1: moved web, b2
               1000000 ns  c1: located web, b2
               1000000 ns  c2: located web, b2
               1000000 ns  migration: migration phase web (RESUME)
               1000000 ns  migration: migration phase web (CLEAN)
               1000000 ns  migration: migration ended web, COMPLETED

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(web).isOn("b1"),
        """
        Expecting VM web
          to be on host b1
          but it is on host b2

                     0 ns  migration: migration phase web (COPY)
               1000000 ns  migration: migration phase web (SWITCH)
               1000000 ns  b1: moved web, b2
               1000000 ns  c1: located web, b2
               1000000 ns  c2: located web, b2
               1000000 ns  migration: migration phase web (RESUME)
               1000000 ns  migration: migration phase web (CLEAN)
               1000000 ns  migration: migration ended web, COMPLETED

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).hasVirtualRoutersOn("b1", "b3"),
        """
        Expecting lab
          to have virtual routers on [b1, b3]
          but it has virtual routers on [b2]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_migration_that_was_undone_says_why() {
    Migration migration = copying();
    lab.blade("b2").fail();
    assertThat(migration).isRolledBack().because("b2 has failed").isNotCommitted();
    assertThat(lab.blade("b2")).isFailed();
    assertThat(lab.blade("b1")).isWorking();
    fails(
        () -> assertThat(migration).because("cancelled"),
        """
        Expecting migration of web from b1 to b2
          to be over because of: cancelled
          but it is rolled back, at COPY, because: host b2 has failed

                     0 ns  c1: located web, b1
                     0 ns  migration: migration phase web (CHECK)
                     0 ns  migration: migration phase web (PREPARE)
                     0 ns  migration: migration phase web (DETACH)
                     0 ns  migration: migration phase web (SUSPEND)
                     0 ns  migration: migration phase web (COPY)
                     0 ns  migration: migration ended web, ROLLED_BACK (host b2 has failed)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(migration).isDegraded(),
        """
        Expecting migration of web from b1 to b2
          to be degraded
          but it is rolled back, at COPY, because: host b2 has failed

                     0 ns  c1: located web, b1
                     0 ns  migration: migration phase web (CHECK)
                     0 ns  migration: migration phase web (PREPARE)
                     0 ns  migration: migration phase web (DETACH)
                     0 ns  migration: migration phase web (SUSPEND)
                     0 ns  migration: migration phase web (COPY)
                     0 ns  migration: migration ended web, ROLLED_BACK (host b2 has failed)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.blade("b2")).isWorking(),
        """
        Expecting host b2
          to be working
          but it is failed

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.blade("b1")).isFailed(),
        """
        Expecting host b1
          to be failed
          but it is working

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.migrate(lab.vm("peer")).to(lab.blade("b3"))).isRolledBack(),
        """
        Expecting migration of peer from b1 to b3
          to be rolled back
          but it is completed, at CLEAN

                     0 ns  migration: migration phase peer (COPY)
                     0 ns  migration: migration phase peer (SWITCH)
                     0 ns  b1: moved peer, b3
                     0 ns  c1: located peer, b3
                     0 ns  c1: located peer, b3
                     0 ns  migration: migration phase peer (RESUME)
                     0 ns  migration: migration phase peer (CLEAN)
                     0 ns  migration: migration ended peer, COMPLETED

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_migration_without_the_router_that_it_should_have_is_degraded() {
    while (lab.subnet("A").pool().allocate() != null) {
      // until none is left
    }
    Migration migration =
        lab.migrate(web)
            .config(MigrationConfig.DEFAULT.withRouterAfterMove(Duration.ZERO, true))
            .to(lab.blade("b2"));
    assertThat(migration).isDegraded().because("no address for the router of host b2");
  }

  @Test
  void it_is_spoken_of_with_then_softly_and_from_collections() {
    Migration migration = copying();
    then(migration).isRunning();
    assertThat(lab.migrations().running()).first(as(MIGRATION)).isAt(MigrationPhase.COPY);
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                SoftRingsideAssertions.assertSoftly(
                    softly -> softly.assertThat(migration).isCompleted().isCommitted().isRunning()))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(2));
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                BddSoftRingsideAssertions.thenSoftly(softly -> softly.then(migration).isDegraded()))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(1));
  }
}
