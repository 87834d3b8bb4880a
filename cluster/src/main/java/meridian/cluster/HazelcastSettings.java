package meridian.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ClusterRoutingConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.client.properties.ClientProperty;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TopicConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// A Hazelcast member that carries one topic, and clients that listen to those of other nodes. The
/// member listens at one address and looks for nobody; a client dials one address and no other.
/// Both run as few threads as they can, and call nobody home.
final class HazelcastSettings {

    static final String TOPIC = "beats";

    /// Where who listens asks for a beat; what is said there means nothing.
    static final String ASKING = "asking";

    /// Beats come once a second: a connection on which nothing came for as long is dead, however
    /// patient TCP is.
    private static final Duration DEAD_AFTER = Duration.ofSeconds(3);

    private static final Duration DIALLED_AGAIN_AFTER = Duration.ofMillis(50);

    /// How exactly that is kept.
    private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(500);

    private HazelcastSettings() {}

    /// A member of a cluster of one: what this node says is its topic.
    static Config member(String clusterName, InetSocketAddress self) {
        var config = new Config();
        config.setClusterName(clusterName);
        network(config.getNetworkConfig(), self);
        config.addTopicConfig(new TopicConfig(TOPIC).setStatisticsEnabled(false));
        config.addTopicConfig(new TopicConfig(ASKING).setStatisticsEnabled(false));
        config.getSerializationConfig().setJavaSerializationFilterConfig(nothing());
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        quiet(config);
        small(config);
        set(config, ClusterProperty.SOCKET_BIND_ANY, false);
        set(config, ClusterProperty.SOCKET_SERVER_BIND_ANY, false);
        set(config, ClusterProperty.CLIENT_HEARTBEAT_TIMEOUT_SECONDS, DEAD_AFTER.toSeconds());
        config.setProperty(
                "hazelcast.prefer.ipv4.stack",
                Boolean.toString(!(self.getAddress() instanceof Inet6Address)));
        return config;
    }

    /// A client that holds a connection to one node, and dials it again for ever. Its label says
    /// where this node can be listened to.
    static ClientConfig client(String clusterName, InetSocketAddress self, InetSocketAddress peer) {
        var config = new ClientConfig();
        config.setClusterName(clusterName);
        config.addLabel(text(self));
        config.getNetworkConfig()
                .addAddress(text(peer))
                .setClusterRoutingConfig(
                        new ClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER));
        forEver(config);
        config.getSerializationConfig().setJavaSerializationFilterConfig(nothing());
        config.getMetricsConfig().setEnabled(false);
        config.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
        set(config, ClientProperty.HEARTBEAT_INTERVAL, LOOKED_AT_EVERY.toMillis());
        set(config, ClientProperty.HEARTBEAT_TIMEOUT, DEAD_AFTER.toMillis());
        set(config, ClientProperty.INVOCATION_TIMEOUT_SECONDS, 5);
        set(config, ClientProperty.EVENT_THREAD_COUNT, 1);
        set(config, ClientProperty.EVENT_QUEUE_CAPACITY, 1_000);
        set(config, ClientProperty.IO_INPUT_THREAD_COUNT, 1);
        set(config, ClientProperty.IO_OUTPUT_THREAD_COUNT, 1);
        set(config, ClientProperty.RESPONSE_THREAD_COUNT, 0);
        return config;
    }

    private static void forEver(ClientConfig config) {
        var strategy = config.getConnectionStrategyConfig();
        strategy.setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
        strategy.getConnectionRetryConfig()
                .setInitialBackoffMillis((int) DIALLED_AGAIN_AFTER.toMillis())
                .setMaxBackoffMillis((int) DIALLED_AGAIN_AFTER.toMillis())
                .setMultiplier(1)
                .setClusterConnectTimeoutMillis(-1);
    }

    private static void network(NetworkConfig network, InetSocketAddress self) {
        network.setPort(self.getPort()).setPortAutoIncrement(false).setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(self.getAddress().getHostAddress());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        boolean six = address.getAddress() instanceof Inet6Address;
        return (six ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Reads what [#text] wrote; whoever wrote something else is nowhere.
    static Optional<InetSocketAddress> address(String text) {
        try {
            int colon = text.lastIndexOf(':');
            InetAddress host = InetAddress.ofLiteral(text.substring(0, Math.max(colon, 0)));
            return Optional.of(
                    new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Messages are arrays of bytes, which are not of Java's serialization; whoever sends an object
    /// instead wants to have it run. A filter that lists no class lets all in, so it lists one that
    /// nobody can send.
    private static JavaSerializationFilterConfig nothing() {
        return new JavaSerializationFilterConfig()
                .setDefaultsDisabled(true)
                .setWhitelist(new ClassFilter().addClasses(HazelcastSettings.class.getName()));
    }

    private static void quiet(Config config) {
        set(config, ClusterProperty.PHONE_HOME_ENABLED, false);
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, false);
        set(config, ClusterProperty.LOGGING_TYPE, "slf4j");
        set(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
        set(config, ClusterProperty.LOG_EMOJI_ENABLED, false);
    }

    /// The defaults are made for a data grid on a machine of its own. We keep nothing in it.
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

    private static void set(Config config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }

    private static void set(ClientConfig config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }
}
