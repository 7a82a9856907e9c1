// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Selector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says first, and that whatever it says stays text. */
class FailurePageTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static String page(Lab lab, String message) {
    TestFailure failure =
        TestFailure.of("org.shop.FailoverTest.follows", new AssertionError(message));
    return FailurePage.of(lab, failure, List.of("journal.txt"));
  }

  /** The lines between two marks, without markup. */
  private static String words(String page, String from, String to) {
    int start = page.indexOf(from);
    assertThat(start).as(from).isNotNegative();
    String part = page.substring(start, page.indexOf(to, start));
    return part.replaceAll("<[^>]*>", "").replaceAll("\n+", "\n").strip();
  }

  private static String cause(String page) {
    return words(page, "<section class=\"card\"", "</section>");
  }

  // ---- where it went wrong ----

  @Test
  void begins_with_where_the_packet_was_dropped_that_the_failure_tells_of() {
    Lab lab = labs.open();
    lab.cable("p0").toHost().lose(Selector.nth(2));
    lab.advance(Duration.ofNanos(1_500));
    lab.wire().send(udp().to(lab.vm("vm1")).port(53), 2);

    String page = page(lab, "Expecting VM vm1\n  to have received 2\n  while #3 was dropped");

    assertThat(cause(page))
        .isEqualTo(
            """
            Packet #4 was dropped at wire p0: LOST_ON_WIRE
            a fault that the test put on the wire has lost it (cable p0 to host, 0 packets under way) \
            at 1,500 ns
            Expecting VM vm1
              to have received 2
              while #3 was dropped""");
    assertThat(page)
        .contains("Pointed out (!): cable p0. Dashed is what has failed or is down.")
        .contains("<line class=\"good marked\"")
        .contains("<h2 id=\"walk\">The way of packet #4</h2>");
  }

  @Test
  void a_packet_that_was_lost_comes_before_one_that_has_arrived() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    lab.vm("vm2").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));

    assertThat(cause(page(lab, "received #2, but #3 is missing")))
        .startsWith("Packet #3 was dropped at virtual function p0/vf1: SPOOFED\n");
  }

  @Test
  void names_the_devices_that_the_message_names() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));

    assertThat(cause(page(lab, "ring p0/vf1/rx0 has 3 of 512 slots in use")))
        .startsWith("Look at PNIC p0, VF p0/vf1\n");
    assertThat(cause(page(lab, "Expecting cable p1 to be up"))).startsWith("Look at cable p1\n");
    assertThat(cause(page(lab, "Expecting PNIC p1\n  to be up"))).startsWith("Look at PNIC p1\n");
    assertThat(cause(page(lab, "3 NO_MATCH at EXTERNAL_SWITCH switch")))
        .startsWith("Look at switch switch\n");
    assertThat(cause(page(lab, "vm1: no\n\nvm2"))).startsWith("Look at VM vm1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xp0", "p0x", "p0-a", "the switch", "no packet #99", "#", "a router"})
  void takes_no_other_word_for_a_device(String message) {
    String page = page(labs.open(), message);

    assertThat(cause(page)).isEqualTo(message);
    assertThat(page)
        .contains("The failure names no part of the lab. Dashed is what has failed or is down.")
        .doesNotContain("<circle");
  }

  @Test
  void shows_the_last_unexpected_loss_where_the_failure_tells_nothing() {
    Lab lab = labs.open();
    lab.vm("vm1").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(Duration.ofSeconds(4));
    lab.wire().send(udp().to(lab.vm("vm2")).port(53));

    String page = page(lab, "expected: 2 but was: 1");

    assertThat(cause(page)).startsWith("Packet #1 was dropped at stack vm1: NO_PEER\n");
    assertThat(page).contains("<h2 id=\"walk\">The way of the last lost packet, #1</h2>");
  }

  @Test
  void then_a_packet_that_is_still_under_way_then_the_last() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(1));
    Packet last = lab.vm("vm1").send(udp().to(lab.vm("vm2")).port(2));
    assertThat(page(lab, "no"))
        .contains("<h2 id=\"walk\">The way of the last packet, #" + last.id() + "</h2>");

    lab.cable("p0").toNetwork().setLatency(Duration.ofSeconds(1));
    Packet slow = lab.vm("vm1").send(udp().to(lab.wire()).port(3));
    lab.vm("vm1").send(udp().to(lab.vm("vm2")).port(4));
    assertThat(page(lab, "no")).contains("still under way, #" + slow.id() + "</h2>");
    lab.advance(Duration.ofSeconds(2));
  }

  @Test
  void says_what_is_out_of_order_at_the_end() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").pnics(2).vms();
    chassis.blade("b2").pnics(1).vms();
    Lab lab = labs.open(builder);
    lab.host("b1").pnic("p0").fail();
    lab.cable("b1/p1").unplug();
    lab.blade("b2").fail();
    lab.chassis("c1").interconnect().fail();

    assertThat(words(page(lab, "no"), "<p><b>Out of order", "</p>"))
        .isEqualTo(
            "Out of order at the end: interconnect c1/interconnect has failed; PNIC b1/p0 has"
                + " failed; PNIC b1/p1 has no link; blade b2 has failed; PNIC b2/p0 has failed;"
                + " cable b1/p1 is unplugged");
  }

  @Test
  void what_is_out_of_order_comes_before_a_filter_that_did_its_work() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).vms("web");
    builder.host("h2").pnics(1).vms();
    Lab lab = labs.open(builder);
    lab.cable("h1/p0").unplug();
    lab.wire().send(udp().to(lab.vm("web")).port(53));

    String page = page(lab, "while such a packet, #1, was dropped");

    assertThat(cause(page))
        .startsWith(
            """
            PNIC h1/p0 has no link; cable h1/p0 is unplugged
            Packet #1 was dropped at PNIC h2/p0: NO_MATCH
            """);
    assertThat(page)
        .contains("Pointed out (!): PNIC h1/p0, cable h1/p0, PNIC h2/p0. Dashed")
        .doesNotContain("Out of order at the end");
  }

  // ---- the rest ----

  @Test
  void says_test_expected_actual_line_and_replay() {
    Lab lab = labs.open(Lab.builder().seed(0xcafe));
    TestFailure failure =
        TestFailure.of(
            getClass().getName() + ".it_works",
            new org.opentest4j.AssertionFailedError("differs", "<a>", ""));

    String page = FailurePage.of(lab, failure, List.of("p0.pcapng"));

    assertThat(words(page, "<header>", "</header>"))
        .isEqualTo("dev.ringside.page\nFailed: FailurePageTest.it_works");
    assertThat(words(page, "<section class=\"pair\"", "</section>"))
        .isEqualTo("Expected&lt;a&gt;\nActual(nothing)");
    assertThat(words(page, "<p class=\"replay\"", "</p>"))
        .isEqualTo("Replay with @LabSeed(0xcafeL) or -Dringside.seed=0xcafe");
    assertThat(cause(page)).startsWith("differs\nat FailurePageTest.java:");
    assertThat(page).contains("<a href=\"p0.pcapng\">p0.pcapng</a>", "<title>failed: ");
  }

  @Test
  void tells_the_way_of_the_packet_with_times_and_fates_and_its_bytes() {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(4).vms("vm1", "vm2"));
    lab.cable("p0").toNetwork().setLatency(Duration.ofNanos(700));
    Packet packet = lab.vm("vm1").send(udp().to(lab.wire()).port(9).payload("query"));
    lab.advance(Duration.ofNanos(1_000));

    String page = page(lab, "no");

    assertThat(words(page, "<ol class=\"walk\">", "</ol>"))
        .isEqualTo(
            """
            0 nsstack vm1injected: %s
            VNIC vm1/vnic0passed
            virtual function p0/vf0passed
            wire p0passed: to network
            700 nsexternal switchpassed
            stack stationdelivered"""
                .formatted(packet.toString().replace(">", "&gt;")));
    assertThat(page)
        .contains("<summary>Its 60 bytes</summary>")
        .contains("0020  ")
        .contains("query.");
  }

  @Test
  void lists_drops_with_reasons_unexpected_ones_first_and_counters_by_device() {
    Lab lab = labs.open();
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    lab.vm("vm2").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));

    String page = page(lab, "PNIC p1");

    assertThat(words(page, "<h2 id=\"drops\"", "</table>"))
        .isEqualTo(
            """
            Drops
            packetswherewhy
            1virtual function p0/vf1SPOOFED a virtual function sent under an address that is not its own
            1PNIC p1 &#9668;PNIC_INACTIVE the NIC stands by; the copy on the active one counts; no loss""");
    assertThat(words(page, "<h2 id=\"counters\"", "<details>"))
        .startsWith("Counters\ninjected 2 + cloned 1 = delivered 1 + dropped 2 + live 0\n")
        .contains("\nexternal switchreceived 1, cloned 1, sent 2\n")
        .contains("\nPNIC p1 &#9668;received 1, dropped 1\n");
    assertThat(page).contains("devices have seen no packet</summary>");
  }

  @Test
  void says_so_where_nothing_has_happened() {
    String page = page(labs.open(), "no");

    assertThat(page).contains("No packet was traced", "<p>No packet was dropped.</p>");
  }

  @ParameterizedTest
  @EnumSource(DropReason.class)
  void every_reason_has_a_meaning(DropReason reason) {
    assertThat(Words.meaning(reason)).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void numbers_have_their_thousands_apart() {
    assertThat(List.of(Words.number(0), Words.number(999), Words.number(1_000)))
        .containsExactly("0", "999", "1,000");
    assertThat(Words.number(-1_234_567)).isEqualTo("-1,234,567");
    assertThat(Words.number(-123)).isEqualTo("-123");
  }

  // ---- hostile text ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style></pre></title><svg onload=alert(1)>",
        "<!-- --><a href=javascript:alert(1)>",
        "\u202e<b>\u0000\ud800\uffff",
      })
  void names_payloads_and_messages_stay_text(String hostile) {
    LabBuilder builder = Lab.builder();
    builder.host(hostile + "h").pnics(2).vms(hostile);
    Lab lab = labs.open(builder);
    lab.note(hostile);
    lab.wire().send(udp().to(lab.vm(hostile)).port(53).payload(hostile.replace("\ud800", "")));
    TestFailure failure =
        TestFailure.of(
            "a.B." + hostile,
            new org.opentest4j.AssertionFailedError("Expecting VM " + hostile, hostile, hostile));

    String page = FailurePage.of(lab, failure, List.of(hostile));

    assertThat(page)
        .doesNotContain("<script", "<img", "onload=alert(1)>", "<svg o", "<!-- ", "<a href=j")
        .doesNotContain("\u202e", "\u0000", "\ud800", "\uffff");
    assertThat(page.split("<style>", -1)).hasSize(3); // ours, and that of the picture
    assertThat(page.split("</style>", -1)).hasSize(3);
    assertThat(cause(page)).startsWith("Look at VM ");
  }

  @Test
  void forbids_itself_what_it_does_not_need() {
    assertThat(page(labs.open(), "no"))
        .contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'; img-src data:\">")
        .doesNotContain("http://www.w3.org/1999", "https://", "src=", "@import", "url(");
  }
}
