// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.QuotaActions;
import dev.ringside.jqwik.model.QuotaStep;
import dev.ringside.jqwik.model.QuotaStep.What;
import dev.ringside.memory.Block;
import dev.ringside.memory.MemorySize;
import dev.ringside.properties.quota.Bench.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.state.ActionChain;

/** Quotas of network memory: what holds whatever happens. */
class QuotaProperties {

  @Provide
  Arbitrary<List<QuotaStep>> scripts() {
    return QuotaActions.steps(3_000).list().ofMaxSize(30);
  }

  /** Packets that may fit, and releases. */
  @Provide
  Arbitrary<List<QuotaStep>> loads() {
    return QuotaActions.steps(3_000)
        .filter(step -> step.what() == What.SEND || step.what() == What.RELEASE)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Long> limits() {
    return Arbitraries.longs().between(0, 5_000);
  }

  /** Laws 1 to 5, 7 and 8; the bench looks at them after each step. */
  @Property
  void the_laws_hold_after_each_step(
      @ForAll("scripts") List<QuotaStep> script,
      @ForAll("limits") long limit,
      @ForAll boolean lax) {
    try (Bench bench = new Bench(Defect.NONE, limit, lax)) {
      script.forEach(bench::apply);
      assertThat(bench.violations()).isEmpty();
    }
  }

  @Provide
  Arbitrary<ActionChain<QuotaActions.Pair>> chains() {
    return QuotaActions.chains(3_000, 4).withMaxTransformations(40);
  }

  /** Who gets memory, in which order, and who never does. */
  @Property(tries = 60)
  void it_goes_as_the_naive_twin_says(@ForAll("chains") ActionChain<QuotaActions.Pair> chain) {
    chain.run().close();
  }

  /** Law 6. */
  @Property(tries = 60)
  void what_one_machine_gets_does_not_depend_on_the_load_of_another(
      @ForAll("scripts") List<QuotaStep> script, @ForAll("limits") long limit) {
    assertThat(ofDb(script, limit, Defect.NONE)).isEqualTo(ofDb(List.of(), limit, Defect.NONE));
  }

  /** How many packets db has got after each that was sent to it, between the steps of web. */
  static List<Integer> ofDb(List<QuotaStep> load, long limit, Defect defect) {
    List<Integer> received = new ArrayList<>();
    try (Bench bench = new Bench(defect, limit, false)) {
      for (int i = 0; i < 30; i++) {
        if (i < load.size()) {
          bench.apply(load.get(i));
        }
        bench.send(bench.db(), 1_000);
        received.add(bench.db().received().size());
      }
    }
    return received;
  }

  /** Law 9: the packets fit both limits, and the ring holds them all. */
  @Property(tries = 60)
  void a_higher_limit_never_delivers_less(
      @ForAll("loads") @Size(max = 30) List<QuotaStep> load,
      @ForAll @IntRange(min = 1_514, max = 5_000) int limit,
      @ForAll @IntRange(max = 3_000) int more) {
    assertThat(delivered(load, limit + more, Defect.NONE))
        .isGreaterThanOrEqualTo(delivered(load, limit, Defect.NONE));
  }

  static int delivered(List<QuotaStep> load, long limit, Defect defect) {
    int inRing = 0;
    try (Bench bench = new Bench(defect, limit, false)) {
      for (QuotaStep step : load) {
        if (step.what() == What.RELEASE) {
          inRing = 0;
        }
        if (step.what() != What.SEND || ++inRing <= Bench.CAPACITY / 2) {
          bench.apply(step);
        }
      }
      return bench.web().received().size();
    }
  }

  /** Law 10. */
  @Property(tries = 60)
  void requests_and_releases_in_any_order_leave_the_same_in_use(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 300) Integer> amounts,
      @ForAll Random random) {
    try (Bench bench = new Bench(Defect.NONE, 5_000, false)) {
      List<Block> blocks = new ArrayList<>();
      long kept = 0;
      for (int amount : amounts) {
        Block block = bench.quota().request(MemorySize.bytes(amount)).block();
        if (random.nextBoolean()) {
          kept += amount;
        } else {
          blocks.add(block);
        }
        if (!blocks.isEmpty() && random.nextInt(3) == 0) {
          blocks.remove(random.nextInt(blocks.size())).release();
        }
      }
      while (!blocks.isEmpty()) {
        blocks.remove(random.nextInt(blocks.size())).release();
      }
      assertThat(bench.quota().used()).isEqualTo(kept);
    }
  }
}
