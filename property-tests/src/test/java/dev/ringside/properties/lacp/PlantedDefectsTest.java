// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.lacp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.lacp.Lacpdu;
import dev.ringside.lacp.MuxState;
import dev.ringside.lacp.PortInformation;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.Event;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each law can fail: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final MacAddress ONE = MacAddress.of("02:00:00:00:00:01");
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:02");
  private static final Packet DATA = Packets.ethernet().fromMac(ONE).toMac(OTHER).toPacket();

  private final List<JournalEntry> journal = new ArrayList<>();

  private void becomes(String place, MuxState state) {
    Event event = Event.lacpPort("p0", state.name());
    journal.add(new JournalEntry(journal.size(), 0, place, event, null, ""));
  }

  private void climbs(String place) {
    for (MuxState state : MuxState.values()) {
      if (state != MuxState.DETACHED) {
        becomes(place, state);
      }
    }
  }

  private void passes(Packet packet, String direction) {
    Hop hop = new Hop(packet, Stage.WIRE, "p0", Hop.Fate.PASSED, null, direction);
    journal.add(new JournalEntry(journal.size(), 0, "p0", null, hop, ""));
  }

  private List<String> misplaced() {
    return LacpLaws.dataOnlyWhereDistributing(journal, "h1", "switch");
  }

  @Test
  void an_agreement_as_it_should_be_violates_nothing() {
    passes(new Lacpdu(PortInformation.NONE, PortInformation.NONE, 0).toPacket(ONE), " to network");
    climbs("h1");
    climbs("switch");
    passes(DATA, " to network");
    passes(DATA, " to host");
    becomes("h1", MuxState.DETACHED);

    assertThat(misplaced()).isEmpty();
    assertThat(LacpLaws.noStepIsLeftOut(journal)).isEmpty();
  }

  @Test
  void data_before_any_agreement_is_found() {
    passes(DATA, " to network");
    passes(DATA, " to host");

    assertThat(misplaced()).hasSize(2);
  }

  @Test
  void data_from_the_end_that_has_not_agreed_is_found() {
    climbs("h1");
    passes(DATA, " to network");
    passes(DATA, " to host");

    assertThat(misplaced()).hasSize(1).first().asString().contains("from switch p0");
  }

  @Test
  void data_after_the_agreement_has_ended_is_found() {
    climbs("h1");
    becomes("h1", MuxState.COLLECTING);
    passes(DATA, " to network");

    assertThat(misplaced()).hasSize(1).first().asString().endsWith("which is COLLECTING");
  }

  @Test
  void a_step_that_is_left_out_is_found() {
    becomes("h1", MuxState.WAITING);
    becomes("h1", MuxState.COLLECTING);

    assertThat(LacpLaws.noStepIsLeftOut(journal)).hasSize(1);
  }

  @Test
  void an_aggregate_of_two_partners_is_found() {
    PortInformation one = new PortInformation(1, ONE, 1, 1, 1, 0);

    assertThat(LacpLaws.onePartner(List.of(one, one))).isEmpty();
    assertThat(LacpLaws.onePartner(List.of(one, new PortInformation(1, OTHER, 1, 1, 2, 0))))
        .hasSize(1);
    assertThat(LacpLaws.onePartner(List.of(one, new PortInformation(1, ONE, 2, 1, 2, 0))))
        .hasSize(1);
  }
}
