package meridian.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TopicConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;

/// A Hazelcast member that carries one topic: it listens at one address, looks for the listed
/// members and nothing else, runs as few threads as it can, and calls nobody.
final class HazelcastSettings {

    static final String TOPIC = "beats";

    private HazelcastSettings() {}

    static Config config(
            String clusterName, InetSocketAddress self, List<InetSocketAddress> members) {
        var config = new Config();
        config.setClusterName(clusterName);
        network(config.getNetworkConfig(), self, members);
        config.addTopicConfig(new TopicConfig(TOPIC).setStatisticsEnabled(false));
        config.getSerializationConfig().setJavaSerializationFilterConfig(onlyErrors());
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        quiet(config);
        small(config);
        quickToNotice(config);
        set(config, ClusterProperty.SOCKET_BIND_ANY, false);
        set(config, ClusterProperty.SOCKET_SERVER_BIND_ANY, false);
        config.setProperty(
                "hazelcast.prefer.ipv4.stack",
                Boolean.toString(!(self.getAddress() instanceof Inet6Address)));
        return config;
    }

    private static void network(
            NetworkConfig network, InetSocketAddress self, List<InetSocketAddress> members) {
        network.setPort(self.getPort()).setPortAutoIncrement(false).setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(self.getAddress().getHostAddress());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
        members.forEach(member -> join.getTcpIpConfig().addMember(text(member)));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        boolean six = address.getAddress() instanceof Inet6Address;
        return (six ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Messages are arrays of bytes, and whoever sends an object instead wants to have it run. Only
    /// what Hazelcast itself needs to report an error to another member is read: without it a
    /// member that joins while another does is never told to try again, and stays deaf.
    private static JavaSerializationFilterConfig onlyErrors() {
        return new JavaSerializationFilterConfig()
                .setDefaultsDisabled(true)
                .setWhitelist(
                        new ClassFilter()
                                .addPrefixes(
                                        "com.hazelcast.",
                                        "java.io.",
                                        "java.lang.",
                                        "java.util.",
                                        "[Ljava.lang."));
    }

    private static void quiet(Config config) {
        set(config, ClusterProperty.PHONE_HOME_ENABLED, false);
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, false);
        set(config, ClusterProperty.LOGGING_TYPE, "slf4j");
        set(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
        set(config, ClusterProperty.LOG_EMOJI_ENABLED, false);
    }

    /// The defaults are made for a data grid on a machine of its own. All members must have the
    /// same count of partitions; we keep nothing in them.
    private static void small(Config config) {
        set(config, ClusterProperty.PARTITION_COUNT, 3);
        set(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT, 1);
        set(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT, 1);
        set(config, ClusterProperty.PRIORITY_GENERIC_OPERATION_THREAD_COUNT, 1);
        set(config, ClusterProperty.RESPONSE_THREAD_COUNT, 1);
        set(config, ClusterProperty.IO_THREAD_COUNT, 1);
        set(config, ClusterProperty.EVENT_THREAD_COUNT, 1);
        set(config, ClusterProperty.EVENT_QUEUE_CAPACITY, 1_000);
        set(config, ClusterProperty.CLIENT_ENGINE_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_QUERY_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_BLOCKING_THREAD_COUNT, 1);
    }

    /// Who is gone is left out after 3 s instead of a minute, and who is back is let in after a few
    /// seconds instead of five minutes. Beats age by themselves; this only frees what is held for a
    /// lost member, and finds one that is back.
    private static void quickToNotice(Config config) {
        set(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS, 1);
        set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, 3);
        set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, 5);
        set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, 3);
        set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, 0);
        set(config, ClusterProperty.SOCKET_CONNECT_TIMEOUT_SECONDS, 2);
    }

    private static void set(Config config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }
}
