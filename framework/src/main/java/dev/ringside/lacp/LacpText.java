// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/** Writes what a system knows, in the manner of the Linux bonding driver. */
final class LacpText {

  private final StringBuilder text = new StringBuilder(512);

  private LacpText() {}

  static String of(LacpSystem system, int distributing) {
    LacpText text = new LacpText();
    LacpConfig config = system.config();
    text.line("802.3ad info");
    text.line("LACP active: " + (config.active() ? "on" : "off"));
    text.line("LACP rate: " + (config.shortTimeout() ? "fast" : "slow"));
    text.line("System priority: " + config.systemPriority());
    text.line("System MAC address: " + system.address());
    text.line("Number of ports: " + distributing);
    for (LacpPort port : system.ports()) {
      text.port(port);
    }
    return text.text.toString();
  }

  private void port(LacpPort port) {
    LacpCounters counters = port.counters();
    line("");
    line("Port: " + port.name());
    line("Receive state: " + port.receiveState());
    line("Mux state: " + port.muxState());
    line("Actor Churn State: " + churn(port.actorChurn()));
    line("Partner Churn State: " + churn(port.partnerChurn()));
    line("details actor lacp pdu:");
    details(port.actor());
    line("details partner lacp pdu:");
    details(port.partner());
    line(
        "LACPDUs: sent "
            + counters.sent()
            + ", received "
            + counters.received()
            + ", illegal "
            + counters.illegal()
            + ", unknown "
            + counters.unknown());
  }

  private static String churn(ChurnState state) {
    return switch (state) {
      case NO_CHURN -> "none";
      case MONITOR -> "monitoring";
      case CHURN -> "churned";
    };
  }

  private void details(PortInformation port) {
    line("    system priority: " + port.systemPriority());
    line("    system mac address: " + port.system());
    line("    port key: " + port.key());
    line("    port priority: " + port.portPriority());
    line("    port number: " + port.port());
    line("    port state: " + port.state());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
