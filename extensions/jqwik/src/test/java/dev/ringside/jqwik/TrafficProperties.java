// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

@LabPerTry
@Domain(RingsideDomain.class)
class TrafficProperties {

  @Property(tries = 200)
  void every_packet_arrives_and_takes_the_time_of_its_pause(
      @ForAll Traffic traffic, @ForAll Lab lab) {
    traffic.send(lab, lab.vm("vm1"));

    long pauses = traffic.sends().stream().mapToLong(Traffic.Send::pauseNanos).sum();
    assertThat(lab.elapsed().toNanos()).isEqualTo(pauses);
    assertThat(lab.vm("vm1").received()).hasSize(traffic.sends().size());
  }

  @Property(tries = 300)
  void the_heaviest_flow_has_several_times_the_share_of_the_lightest(@ForAll Traffic traffic) {
    traffic.sends().forEach(send -> Statistics.collect(send.flow()));
    Statistics.coverage(
        coverage -> {
          coverage.check(0).percentage(share -> share > 20);
          coverage.check(15).percentage(share -> share < 5);
        });
  }
}
