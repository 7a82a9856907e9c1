// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PictureTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void every_device_is_there_once() throws Exception {
    Lab lab = labs.open(twoChassis());

    List<String> titles = titles(lab);

    assertThat(titles).doesNotHaveDuplicates();
    List<String> wanted = new ArrayList<>(List.of("switch switch", "router router"));
    wanted.addAll(List.of("station station ", "subnet A ", "subnet B "));
    wanted.addAll(List.of("chassis c1", "chassis c2", "host h1", "blade b1", "blade b2"));
    wanted.addAll(List.of("interconnect c1/", "interconnect c2/", "PNIC c1/ni0", "PNIC c2/ni0"));
    for (Cable cable : lab.cables()) {
      wanted.add("cable " + cable.name() + ":");
    }
    for (Host host : lab.hosts()) {
      addDevices(wanted, host);
    }
    for (String device : wanted) {
      assertThat(titles).filteredOn(title -> title.startsWith(device)).as(device).hasSize(1);
    }
    assertThat(titles).hasSize(wanted.size() + 1); // the picture has one too
  }

  private static LabBuilder twoChassis() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").pnics(2).virtualFunctions(2).subnet("B").vms("db");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A", "B").externalPnics(1);
    c1.blade("b1").pnics(2).virtualFunctions(2).vms("web", "cache");
    c1.blade("b2").pnics(2).vms();
    ChassisBuilder c2 = builder.chassis("c2").subnets("A");
    c2.blade("b3").vms("mail");
    return builder;
  }

  private static void addDevices(List<String> wanted, Host host) {
    wanted.add("virtual switch " + host.virtualSwitch().name());
    for (PhysicalNic nic : host.pnics()) {
      wanted.add("PNIC " + nic.label() + ":");
      for (VirtualFunction function : nic.virtualFunctions()) {
        wanted.add("VF " + function.name() + ":");
      }
    }
    for (VirtualMachine vm : host.vms()) {
      wanted.add("VM " + vm.name() + ":");
    }
    if (host.name().equals("b3")) {
      wanted.add("blade b3");
    }
  }

  @Test
  void what_has_failed_is_marked_and_said() throws Exception {
    Lab lab = labs.open(twoChassis());
    assertThat(marked(lab)).isEmpty();

    lab.host("h1").pnic("p0").fail();
    lab.cable("c2/ni0").unplug();
    lab.chassis("c1").interconnect().fail();

    assertThat(marked(lab))
        .anyMatch(title -> title.startsWith("PNIC h1/p0: failed, standby"))
        .contains("cable h1/p0: plugged", "cable c2/ni0: unplugged")
        .contains("interconnect c1/interconnect, failed", "cable b1/p0: plugged")
        .doesNotContain("host h1", "cable h1/p1: plugged", "cable b1/p1: plugged");
  }

  @Test
  void what_is_pointed_out_has_a_frame_and_an_exclamation_mark() {
    Lab lab = labs.open(twoChassis());

    String picture =
        Picture.of(
            lab,
            List.of(
                "PNIC h1/p0", "VF h1/p0/vf1", "cable h1/p1", "VM web", "host h", "no such part"));

    assertThat(picture)
        .contains("<g class=\"good marked\"><title>PNIC h1/p0: ")
        .contains("<g class=\"good marked\"><title>VM web: ")
        .contains("<line class=\"good marked\"");
    assertThat(picture.split("marked\"", -1)).hasSize(5);
    assertThat(picture.split("<circle", -1)).hasSize(4); // a function is too small for one
    assertThat(picture.split(">!</text>", -1)).hasSize(4);
    assertThat(Picture.of(lab)).isEqualTo(Picture.of(lab, List.of())).doesNotContain("<circle");
  }

  @Test
  void a_failed_blade_and_a_migration_under_way_are_said() throws Exception {
    Lab lab = labs.open(twoChassis());

    lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));
    lab.blade("b3").fail();

    assertThat(titles(lab))
        .anyMatch(title -> title.startsWith("VM web:") && title.endsWith(", to b2: COPY"));
    assertThat(marked(lab)).contains("blade b3, failed");
    lab.advance(Duration.ofSeconds(1));
  }

  @Test
  void hostile_names_stay_text() throws Exception {
    String name = "</text><script>alert('\"&\u0007\ud800]]>";
    LabBuilder builder = Lab.builder();
    builder.host(name).vms(name + "vm");
    Lab lab = labs.open(builder);

    Document picture = parse(Picture.of(lab));

    assertThat(picture.getElementsByTagName("script").getLength()).isZero();
    assertThat(Picture.of(lab)).doesNotContain("<script", "alert('");
    assertThat(titles(lab)).contains("host </text><script>alert('\"&\ufffd\ufffd]]>");
  }

  @Test
  void what_is_too_long_is_cut_within_its_box_and_whole_in_its_title() throws Exception {
    String name = "a-host-with-a-name-that-is-longer-than-any-box-\ud83d\udd0c";
    LabBuilder builder = Lab.builder();
    builder.host(name).vms();

    Lab lab = labs.open(builder);

    assertThat(Picture.of(lab)).contains(">host a-host-with-a-nam\u2026</text>");
    assertThat(titles(lab)).contains("host " + name);
  }

  @Test
  void of_a_large_lab_a_part_is_drawn_and_the_rest_counted() throws Exception {
    LabBuilder builder = Lab.builder();
    for (int i = 0; i < 30; i++) {
      builder.host("h" + i).pnics(1).vms();
    }
    String[] vms = new String[20];
    for (int i = 0; i < vms.length; i++) {
      vms[i] = "vm" + i;
    }
    builder.host("large").pnics(1).vms(vms);
    for (int i = 31; i < 41; i++) {
      builder.host("h" + i).pnics(1).vms();
    }
    for (int i = 0; i < 10; i++) {
      builder.chassis("c" + i).blade("b" + i).vms();
    }

    String picture = Picture.of(labs.open(builder));

    assertThat(picture).contains("... and 9 more hosts</text>", "... and 2 more chassis</text>");
    assertThat(picture).contains("... and 4 more VMs</text>");
    assertThat(parse(picture)).isNotNull();
  }

  @Test
  void the_same_lab_gives_the_same_picture_without_scripts_or_links() {
    String picture = Picture.of(labs.open(twoChassis()));

    assertThat(picture)
        .isEqualTo(Picture.of(labs.open(twoChassis())))
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("viewBox=\"0 0 400 ", "prefers-color-scheme:dark")
        .doesNotContain("<script", "href", "url(", "@import");
  }

  private static List<String> titles(Lab lab) throws Exception {
    return texts(parse(Picture.of(lab)).getElementsByTagName("title"), "");
  }

  /** The titles of what is marked as failed or down. */
  private static List<String> marked(Lab lab) throws Exception {
    return texts(parse(Picture.of(lab)).getElementsByTagName("title"), "bad");
  }

  private static List<String> texts(NodeList titles, String css) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < titles.getLength(); i++) {
      Element parent = (Element) titles.item(i).getParentNode();
      if (css.isEmpty() || parent.getAttribute("class").equals(css)) {
        texts.add(titles.item(i).getTextContent());
      }
    }
    return texts;
  }

  private static Document parse(String picture) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
  }
}
