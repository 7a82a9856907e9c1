// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.trace.EventKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a link that goes down and comes up counts. */
class HealthTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(AggregatorConfig config) {
    return labs.open(host -> host.pnics(2).virtualFunctions(2).vms("a").aggregator(config));
  }

  private static String active(Lab lab) {
    return String.valueOf(lab.host().aggregator().activeName());
  }

  @Test
  void a_link_must_be_down_for_the_down_delay_to_count() {
    Lab lab = lab(AggregatorConfig.DEFAULT.withDownDelay(SECOND));
    lab.host().pnic("p0").linkDown();
    lab.advance(SECOND.minusNanos(1));
    assertThat(active(lab)).isEqualTo("p0");

    lab.advance(Duration.ofNanos(1));

    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void a_link_that_flaps_faster_than_the_down_delay_never_fails() {
    Lab lab = lab(AggregatorConfig.DEFAULT.withDownDelay(SECOND));

    lab.host().pnic("p0").flap(20, Duration.ofMillis(999), Duration.ofMillis(1));
    lab.advance(Duration.ofMinutes(1));

    assertThat(active(lab)).isEqualTo("p0");
    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED)).isEmpty();
    assertThat(lab.journal().events(EventKind.LINK_DOWN)).hasSize(20);
  }

  @Test
  void a_link_must_be_up_for_the_up_delay_to_count() {
    Lab lab = lab(AggregatorConfig.DEFAULT.withUpDelay(SECOND));
    lab.host().pnic("p1").fail();
    lab.host().pnic("p1").repair();
    lab.advance(SECOND.minusNanos(1));
    assertThat(lab.host().aggregator().isHealthy("p1")).isFalse();

    lab.advance(Duration.ofNanos(1));

    assertThat(lab.host().aggregator().isHealthy("p1")).isTrue();
  }

  @Test
  void a_link_that_flaps_faster_than_the_up_delay_fails_once() {
    Lab lab = lab(AggregatorConfig.DEFAULT.withUpDelay(SECOND));

    lab.host().pnic("p0").flap(10, Duration.ofMillis(1), Duration.ofMillis(999));
    lab.advance(Duration.ofMillis(9_500));
    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED)).hasSize(1);
    assertThat(lab.host().aggregator().isHealthy("p0")).isFalse();

    lab.advance(Duration.ofSeconds(2));
    assertThat(lab.host().aggregator().isHealthy("p0")).isTrue();
    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void without_delays_each_flap_counts_and_the_standby_stays_active() {
    Lab lab = lab(AggregatorConfig.DEFAULT);

    lab.host().pnic("p0").flap(3, Duration.ofMillis(1), Duration.ofMillis(1));
    lab.advance(SECOND);

    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED)).hasSize(3);
    assertThat(lab.journal().events(EventKind.REPAIR_DETECTED)).hasSize(3);
    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.host().pnic("p0").isActive()).isFalse();
  }

  @Test
  void when_all_links_flap_there_is_an_uplink_while_one_is_up() {
    Lab lab = lab(AggregatorConfig.DEFAULT);
    lab.host().pnic("p0").flap(50, Duration.ofMillis(3), Duration.ofMillis(2));
    lab.host().pnic("p1").flap(50, Duration.ofMillis(2), Duration.ofMillis(5));
    for (int i = 0; i < 400; i++) {
      lab.advance(Duration.ofMillis(1));
      TestLabs.checkLaws(lab);
      boolean anyUp = lab.host().pnic("p0").isLinkUp() || lab.host().pnic("p1").isLinkUp();
      assertThat(lab.host().aggregator().activeName() != null).isEqualTo(anyUp);
    }
  }

  @Test
  void an_unplugged_cable_is_a_failure_too() {
    Lab lab = lab(AggregatorConfig.DEFAULT);

    lab.cable("p0").unplug();
    assertThat(active(lab)).isEqualTo("p1");
    lab.cable("p0").plug();
    lab.cable("p1").unplug();

    assertThat(active(lab)).isEqualTo("p0");
  }
}
