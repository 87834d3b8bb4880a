package meridian.dns.golden;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import meridian.dns.Transport;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Keepalive;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Padding;
import meridian.dns.wire.ZoneVersion;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A query as one would type it: `dig`'s options as far as the golden files need them, without EDNS
/// and RD unless asked for; or `octets` and the message in hexadecimal, for what dig would not
/// send.
record DigCommand(Transport transport, ByteBuffer query) {

    private static final int ID = 4711;

    static DigCommand parse(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" +", -1)));
        String program = words.removeFirst();
        if (program.equals("octets")) return new DigCommand(Transport.UDP, octets(words));
        if (!program.equals("dig"))
            throw new IllegalArgumentException("no such program: " + program);
        return new DigCommand(transport(words), ByteBuffer.wrap(message(words).toWire()));
    }

    private static Transport transport(List<String> words) {
        if (words.remove("+tls")) return Transport.TLS;
        return words.remove("+tcp") ? Transport.TCP : Transport.UDP;
    }

    private static ByteBuffer octets(List<String> words) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(String.join("", words)));
    }

    private static Message message(List<String> words) throws IOException {
        var message = new Message(ID);
        message.getHeader().unsetFlag(Flags.RD);
        if (words.remove("+rd")) message.getHeader().setFlag(Flags.RD);
        if (words.remove("+cd")) message.getHeader().setFlag(Flags.CD);
        message.getHeader().setOpcode(number(words, "+opcode=", 0));
        addOpt(words, message);
        int dnsClass = words.remove("CH") ? DClass.CH : words.remove("HS") ? DClass.HS : DClass.IN;
        Name name = Name.fromString(words.removeFirst(), Name.root);
        message.addRecord(
                Record.newRecord(name, Type.value(words.removeFirst(), true), dnsClass),
                Section.QUESTION);
        if (!words.isEmpty()) throw new IllegalArgumentException("no such option: " + words);
        return message;
    }

    private static void addOpt(List<String> words, Message message) throws IOException {
        var options = new ArrayList<EDNSOption>();
        String subnet = take(words, "+subnet=");
        if (!subnet.isEmpty()) options.add(subnet(subnet));
        String cookie = take(words, "+cookie=");
        if (!cookie.isEmpty())
            options.add(new GenericEDNSOption(Cookie.CODE, HexFormat.of().parseHex(cookie)));
        if (words.remove("+nsid")) options.add(new GenericEDNSOption(Nsid.CODE, new byte[0]));
        if (words.remove("+zoneversion"))
            options.add(new GenericEDNSOption(ZoneVersion.CODE, new byte[0]));
        if (words.remove("+keepalive"))
            options.add(new GenericEDNSOption(Keepalive.CODE, new byte[0]));
        int padding = number(words, "+padding=", -1);
        if (padding >= 0) options.add(new GenericEDNSOption(Padding.CODE, new byte[padding]));
        int payload = number(words, "+bufsize=", 0);
        int version = number(words, "+edns=", 0);
        int flags = words.remove("+dnssec") ? 0x8000 : 0;
        if (options.isEmpty() && payload == 0 && version == 0 && flags == 0) return;
        message.addRecord(
                new OPTRecord(payload == 0 ? 1232 : payload, 0, version, flags, options),
                Section.ADDITIONAL);
    }

    private static EDNSOption subnet(String text) throws IOException {
        String[] parts = text.split("/", -1);
        return new ClientSubnetOption(Integer.parseInt(parts[1]), InetAddress.getByName(parts[0]));
    }

    private static int number(List<String> words, String option, int otherwise) {
        String value = take(words, option);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    private static String take(List<String> words, String option) {
        for (String word : List.copyOf(words)) {
            if (word.startsWith(option)) {
                words.remove(word);
                return word.substring(option.length());
            }
        }
        return "";
    }
}
