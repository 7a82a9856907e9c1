// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
import java.util.List;

/** What is out of order in a lab at the end, whoever has broken it. */
final class Faults {

  private final List<String> titles = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  Faults(Lab lab) {
    for (BladeChassis chassis : lab.chassis()) {
      add(chassis.networkInterface());
      if (chassis.interconnect().isFailed()) {
        add("interconnect " + chassis.interconnect().name(), " has failed");
      }
    }
    for (Host host : lab.hosts()) {
      if (host.isFailed()) {
        add(Parts.titleOf(host), " has failed");
      }
      for (PhysicalNic nic : host.pnics()) {
        add(nic);
      }
    }
    for (Cable cable : lab.cables()) {
      if (!cable.isUp()) {
        add("cable " + cable.name(), " is unplugged");
      }
    }
  }

  private void add(PhysicalNic nic) {
    if (nic.isFailed()) {
      add("PNIC " + nic.label(), " has failed");
    } else if (!nic.isLinkUp()) {
      add("PNIC " + nic.label(), " has no link");
    }
  }

  private void add(String title, String what) {
    titles.add(title);
    texts.add(title + what);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The titles of the parts of the picture that are out of order. */
  List<String> titles() {
    return titles;
  }

  /** So many of them in words, and the number of the others. */
  String text(int most) {
    int shown = Math.min(most, texts.size());
    String text = String.join("; ", texts.subList(0, shown));
    return texts.size() > shown ? text + "; and " + (texts.size() - shown) + " more" : text;
  }
}
