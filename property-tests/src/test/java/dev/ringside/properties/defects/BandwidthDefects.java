// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.unwritten;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.BANDWIDTH;

import java.util.List;

/** What can be wrong with the bandwidth of a virtual NIC. */
final class BandwidthDefects {

  private static final String LIMIT = "virt.BandwidthLimit";
  private static final String SENT =
      "BandwidthProperties.what_a_guest_sends_is_what_the_rule_lets_pass";
  private static final String RECEIVED =
      "BandwidthProperties.what_a_guest_receives_is_what_the_rule_lets_pass";
  private static final String ANYTHING =
      "BandwidthProperties.no_tick_has_more_than_it_may_and_nothing_else_is_lost";

  private BandwidthDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            BANDWIDTH,
            "a tick lets everything pass",
            SENT,
            Component.of(LIMIT).with("fits", returns(1))),
        new Defect(
            BANDWIDTH,
            "the bytes of a tick are not counted",
            RECEIVED,
            Component.of(LIMIT).with("pass", unwritten("used"))),
        new Defect(
            BANDWIDTH,
            "a packet that fits overtakes those that wait for the next tick",
            SENT,
            Component.of(LIMIT).with("offer", answered("Ring.isEmpty", 1))),
        new Defect(
            BANDWIDTH,
            "what waits is without bounds",
            RECEIVED,
            Component.of(LIMIT).with("mayWait", returns(1))),
        new Defect(
            BANDWIDTH,
            "nothing wakes what waits for the next tick",
            SENT,
            Component.of(LIMIT).with("drain", without("wakeAt"))),
        new Defect(
            BANDWIDTH,
            "bytes that have gone still count among those that wait",
            RECEIVED,
            Component.of(LIMIT).with("drain", unwritten("queuedBytes"))),
        new Defect(
            BANDWIDTH,
            "what is refused is not counted",
            ANYTHING,
            Component.of("virt.BandwidthLimits").with("offer", without("World.dropped"))),
        new Defect(
            BANDWIDTH,
            "what waits is handed over even if the guest is not ready",
            ANYTHING,
            Component.of(LIMIT).with("drain", answered("Receiver.takes", 1))));
  }
}
