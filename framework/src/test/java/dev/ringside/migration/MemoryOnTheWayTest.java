// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.migration.TwoSubnets.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The target keeps memory for the quota of one that is on its way, and no other amount. */
class MemoryOnTheWayTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static Quota reserve(Lab lab, String host, String vm, long bytes) {
    return lab.host(host).memory().reserve(vm, MemorySize.bytes(bytes));
  }

  private static Migration move(Lab lab) {
    return lab.migrate(lab.vm("web")).copyTime(MILLI).to(lab.blade("b2"));
  }

  private static long left(Lab lab, String host) {
    return lab.host(host).memory().unassigned();
  }

  @Test
  void one_that_does_not_come_leaves_it_to_others() {
    Lab lab = labs.open(TwoSubnets.builder());
    Quota unused = reserve(lab, "b1", "web", 3_000);
    Migration migration = move(lab);
    assertThat(left(lab, "b2")).isEqualTo(1_000);

    migration.cancel();

    assertThat(left(lab, "b2")).isEqualTo(4_000);
    assertThat(left(lab, "b1")).isEqualTo(1_000);
  }

  @Test
  void one_that_cannot_be_given_a_router_leaves_it_to_others() {
    Lab lab = labs.open(TwoSubnets.crowded());
    Quota unused = reserve(lab, "b1", "web", 3_000);

    Migration migration = move(lab);

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(left(lab, "b2")).isEqualTo(4_000);
  }

  @Test
  void a_limit_that_is_changed_meanwhile_counts() {
    for (long limit : new long[] {500, 3_500}) {
      Lab lab = labs.open(TwoSubnets.builder());
      Quota quota = reserve(lab, "b1", "web", 3_000);
      Migration migration = move(lab);

      quota.setLimit(MemorySize.bytes(limit));
      lab.advance(MILLI);

      assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
      assertThat(lab.host("b2").memory().quota("web").limit()).isEqualTo(limit);
      assertThat(left(lab, "b2")).isEqualTo(4_000 - limit);
      assertThat(left(lab, "b1")).isEqualTo(4_000);
    }
  }

  @Test
  void a_quota_that_is_deleted_meanwhile_leaves_it_to_others() {
    Lab lab = labs.open(TwoSubnets.builder());
    Quota quota = reserve(lab, "b1", "web", 3_000);
    Migration migration = move(lab);

    quota.delete();
    lab.advance(MILLI);

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(left(lab, "b2")).isEqualTo(4_000);
  }

  @Test
  void a_quota_that_is_new_and_has_no_room_undoes_it() {
    Lab lab = labs.open(TwoSubnets.builder());
    MemoryPool target = lab.host("b2").memory();
    Quota unused = target.reserve("db", MemorySize.bytes(2_000));
    Migration migration = move(lab);

    unused = reserve(lab, "b1", "web", 3_000);
    lab.advance(MILLI);

    assertThat(migration)
        .hasToString(
            "migration of web from b1 to b2 (ROLLED_BACK at SWITCH: host b2 has 2000 of 4000 bytes of"
                + " memory left, web wants 3000; delete() a quota, or lower its limit)");
    assertThat(migration.isCommitted()).isFalse();
    assertThat(lab.vm("web").hostName()).isEqualTo("b1");
    assertThat(lab.vm("web").isPaused()).isFalse();
    assertThat(target.unassigned()).isEqualTo(2_000);
    assertThat(left(lab, "b1")).isEqualTo(1_000);
  }

  @Test
  void one_without_a_router_goes_back_only_if_its_former_place_still_has_it() {
    for (long taken : new long[] {0, 1_000, 2_000}) {
      Lab lab = labs.open(TwoSubnets.crowded());
      Quota unused = reserve(lab, "b1", "web", 3_000);
      Migration migration = lab.migrate(lab.vm("web")).routerAfterMove(MILLI).to(lab.blade("b2"));

      unused = reserve(lab, "b1", "peer", taken);
      lab.advance(MILLI);

      boolean back = taken <= 1_000;
      assertThat(migration.state())
          .isEqualTo(back ? MigrationState.ROLLED_BACK : MigrationState.DEGRADED);
      assertThat(lab.vm("web").hostName()).isEqualTo(back ? "b1" : "b2");
      assertThat(left(lab, "b1")).isEqualTo(4_000 - taken - (back ? 3_000 : 0));
      assertThat(left(lab, "b2")).isEqualTo(back ? 4_000 : 1_000);
    }
  }
}
