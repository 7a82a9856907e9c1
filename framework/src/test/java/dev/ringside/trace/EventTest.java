// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTest {

  @Test
  void what_happens_to_cards_and_links_reads_as_a_few_words() {
    assertThat(Event.linkUp("p0")).hasToString("link up p0");
    assertThat(Event.linkDown("p0")).hasToString("link down p0");
    assertThat(Event.pnicFailed("p0")).hasToString("pnic failed p0");
    assertThat(Event.pnicRepaired("p0")).hasToString("pnic repaired p0");
    assertThat(Event.functionMapped("web", "p0")).hasToString("function mapped web, p0");
    assertThat(Event.functionUnmapped("web", "p0")).hasToString("function unmapped web, p0");
    assertThat(Event.functionMissing("web", "p0")).hasToString("no free function web, p0");
  }

  @Test
  void what_aggregators_and_ports_of_lacp_do_reads_as_a_few_words() {
    assertThat(Event.failureDetected("p0")).hasToString("failure detected p0");
    assertThat(Event.repairDetected("p0")).hasToString("repair detected p0");
    assertThat(Event.standbyChosen("p1")).hasToString("standby chosen p1");
    assertThat(Event.pnicActivated("p1")).hasToString("pnic activated p1");
    assertThat(Event.pnicDeactivated("p0")).hasToString("pnic deactivated p0");
    assertThat(Event.announced("web", "p1")).hasToString("announced web, p1");
    assertThat(Event.portJoined("web", "p0")).hasToString("port joined web, p0");
    assertThat(Event.portLeft("web", "p0")).hasToString("port left web, p0");
    assertThat(Event.connectionPlaced("web", "p0")).hasToString("connection placed web, p0");
    assertThat(Event.connectionMoved("web", "p1")).hasToString("connection moved web, p1");
    assertThat(Event.lacpPartner("p0", "lost")).hasToString("lacp partner p0, lost");
    assertThat(Event.lacpPort("p0", "collecting")).hasToString("lacp port p0, collecting");
  }

  @Test
  void what_monitors_and_containments_do_reads_as_a_few_words() {
    assertThat(Event.monitorInstalled("ids", "p0")).hasToString("monitor installed ids, p0");
    assertThat(Event.monitorRemoved("ids", "p0")).hasToString("monitor removed ids, p0");
    assertThat(Event.monitorDied("ids")).hasToString("monitor died ids");
    assertThat(Event.attackDetected("rate", "syn")).hasToString("attack detected rate, syn");
    assertThat(Event.containmentInstalled("syn", "p0"))
        .hasToString("containment installed syn, p0");
    assertThat(Event.containmentDegraded("syn", "p0")).hasToString("containment degraded syn, p0");
    assertThat(Event.containmentRemoved("syn", "p0")).hasToString("containment removed syn, p0");
    assertThat(Event.containmentRefused("syn")).hasToString("containment refused syn");
  }

  @Test
  void two_events_of_one_kind_about_the_same_subjects_are_the_same() {
    Event event = Event.functionMapped("web", "p0");

    assertThat(event.matches(Event.of(EventKind.FUNCTION_MAPPED, "web", "p0"))).isTrue();
    assertThat(event.matches(Event.functionMapped("p0", "web"))).isFalse();
    assertThat(event.matches(Event.functionUnmapped("web", "p0"))).isFalse();
    assertThat(event).isNotEqualTo("function mapped web, p0");
    assertThat(Set.of(event, Event.pnicFailed("p0"))).contains(Event.functionMapped("web", "p0"));
    assertThat(event.hashCode()).isNotEqualTo(Event.functionUnmapped("web", "p0").hashCode());
    assertThat(event.hashCode()).isNotEqualTo(Event.functionMapped("web", "p1").hashCode());
  }

  @Test
  void what_is_done_to_the_subjects_later_does_not_change_it() {
    String[] subjects = {"web"};
    Event event = Event.of(EventKind.NOTE, subjects);
    subjects[0] = "db";

    assertThat(event.subjects()).containsExactly("web");
  }
}
