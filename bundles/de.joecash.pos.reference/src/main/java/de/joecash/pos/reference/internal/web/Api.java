package de.joecash.pos.reference.internal.web;

import de.joecash.pos.reference.internal.Shop;
import de.joecash.pos.reference.internal.demo.StandIns;
import de.joecash.pos.reference.internal.licence.Grant;
import de.joecash.pos.reference.internal.licence.Licences;
import de.joecash.pos.reference.internal.till.TillService;
import de.joecash.pos.reference.internal.till.TillStatus;
import de.joecash.pos.settings.SettingsProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the pages ask for, apart from logging in. */
@Component(service = Api.class)
public final class Api {
    static final String LOGIN = "/pos/api/login";
    static final String LOGOUT = "/pos/api/logout";
    static final String TEXTS = "/pos/api/texts";
    static final String OVERVIEW = "/pos/api/overview";
    static final String SETTINGS = "/pos/api/settings";
    static final String LICENCE = "/pos/api/licence";

    private final TillService till;
    private final Plugins plugins;
    private final Licences licences;
    private final StandIns standIns;
    private final NoticeBoard notices;

    /**
     * Takes what the pages show.
     *
     * @param till that sells
     * @param plugins and what they contribute
     * @param licences behind the switch
     * @param standIns that the page is open about
     * @param notices to people
     */
    @Activate
    public Api(
            @Reference TillService till,
            @Reference Plugins plugins,
            @Reference Licences licences,
            @Reference StandIns standIns,
            @Reference NoticeBoard notices) {
        this.till = till;
        this.plugins = plugins;
        this.licences = licences;
        this.standIns = standIns;
        this.notices = notices;
    }

    /** An answer. */
    record Reply(int status, Object body) {}

    /** In words, where something was refused. */
    record Words(String problem) {}

    /** The start page. */
    record Overview(
            String shop,
            TillView till,
            List<Menu.Section> menu,
            LicenceView licence,
            DemoView demo,
            List<NoticeBoard.Notice> notices) {}

    /** The till. */
    record TillView(
            String phase, long receipts, long wanted, double perSecond, String comeback, List<SaleView> newest) {}

    /** A sale; the time in milliseconds since 1970. */
    record SaleView(long number, long at, BigDecimal total, String what) {}

    /** The switch; {@code until} is {@code null} where there is no end. */
    record LicenceView(String feature, boolean granted, String until) {}

    /** The stand-ins; {@code dataCentre} is {@code null} where a real server is in its place. */
    record DemoView(String dataCentre, String address, boolean cleartext, String stick, String backups) {}

    /** Asks for a change of settings. */
    record SettingsChange(String provider, Map<String, String> values) {}

    /** Asks for the switch to be turned. */
    record LicenceChange(Boolean granted) {}

    Overview overview(Locale locale) throws IOException {
        return new Overview(
                Shop.NAME,
                view(till.till().status()),
                Menu.draw(plugins.entries(), locale),
                licence(),
                view(standIns.places()),
                notices.notices(locale));
    }

    static DemoView view(StandIns.Places places) {
        return new DemoView(
                places.dataCentre().map(Path::toString).orElse(null),
                places.address(),
                places.cleartext(),
                places.stick().toString(),
                places.backups().toString());
    }

    private static TillView view(TillStatus status) {
        return new TillView(
                status.phase().name(),
                status.receipts(),
                status.wanted(),
                status.perSecond(),
                status.comeback().name(),
                status.newest().stream()
                        .map(sold -> new SaleView(sold.number(), sold.at().toEpochMilli(), sold.total(), sold.what()))
                        .toList());
    }

    private LicenceView licence() {
        Optional<Grant> grant = licences.grant(Licences.PLUS_BACKUP);
        return new LicenceView(
                Licences.PLUS_BACKUP,
                grant.isPresent(),
                grant.flatMap(Grant::validUntil).map(Instant::toString).orElse(null));
    }

    List<SettingsForms.Form> settings(Locale locale) {
        return SettingsForms.draw(plugins.settings(), locale);
    }

    Reply change(SettingsChange change, Locale locale) {
        if (change == null
                || change.provider() == null
                || change.values() == null
                || change.values().containsValue(null)) {
            return new Reply(400, new Words(Texts.text(locale, "problem.request")));
        }
        Optional<SettingsProvider> provider = plugins.settings().stream()
                .filter(one -> change.provider().equals(one.id()))
                .findFirst();
        if (provider.isEmpty()) {
            return new Reply(404, new Words(Texts.text(locale, "problem.gone")));
        }
        return SettingsForms.change(provider.get(), change.values(), locale)
                .map(refusal -> new Reply(422, refusal))
                .orElseGet(() -> new Reply(200, settings(locale)));
    }

    Reply turn(LicenceChange change, Locale locale) throws IOException {
        if (change == null || change.granted() == null) {
            return new Reply(400, new Words(Texts.text(locale, "problem.request")));
        }
        if (change.granted()) {
            licences.grant(new Grant(Licences.PLUS_BACKUP, Optional.empty()));
        } else {
            licences.withdraw(Licences.PLUS_BACKUP);
        }
        return new Reply(200, licence());
    }
}
